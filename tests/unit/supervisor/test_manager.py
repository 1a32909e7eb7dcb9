"""The supervisor with stand-in services: real processes, real signals."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from e2e.instance import eventually

STAND_IN = Path(__file__).with_name("stand_in.py")
STEADY = "say('runs', os.getpid()); ready(); signal.pause()"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started = []

    def begin(**services: str) -> "subprocess.Popen[str]":
        words = [f"{name}={code}" for name, code in services.items()]
        program = subprocess.Popen([sys.executable, STAND_IN, tmp_path, *words], stderr=subprocess.PIPE, text=True)
        started.append(program)
        return program

    yield begin
    for program in started:
        program.kill()
        program.wait()
        program.stderr.close()


def lines_until(program: "subprocess.Popen[str]", last: str) -> list[str]:
    lines: list[str] = []
    while not lines or last not in lines[-1]:
        line = program.stderr.readline()
        assert line, f"it ended after {lines}"
        lines.append(line.strip())
    return lines


def pid_in(line: str) -> int:
    return int(line.rsplit(maxsplit=1)[-1])


def ends(pid: int, within_s: float = 60.0) -> bool:
    """Whether the process with this id, of whatever parent, ends in time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(handle) as file:
        return bool(select.select([file], [], [], within_s)[0])


def test_services_start_in_order_and_stop_in_reverse(start: Start) -> None:
    program = start(first=STEADY, second=STEADY, third=STEADY)
    began = [line.split()[0] for line in lines_until(program, "all ready")]
    program.terminate()
    rest = program.stderr.read().split("\n")
    assert began == ["first", "second", "third", "all"]
    assert rest[:3] == ["third ends", "second ends", "first ends"]
    assert program.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_an_interrupt_ends_everything_with_exit_code_0(start: Start, number: int) -> None:
    program = start(only=STEADY)
    lines_until(program, "all ready")
    program.send_signal(number)
    assert program.stderr.read() == "only ends\n"
    assert program.wait() == 0


def test_an_interrupt_is_heard_while_a_service_is_not_ready_yet(start: Start) -> None:
    program = start(first=STEADY, slow="say('waits'); signal.pause()")
    lines_until(program, "slow waits")
    program.terminate()
    assert program.stderr.read() == "slow ends\nfirst ends\n"
    assert program.wait() == 0


def test_a_killed_service_comes_back(start: Start) -> None:
    program = start(first=STEADY, second=STEADY)
    pid = pid_in(lines_until(program, "all ready")[1])
    os.kill(pid, signal.SIGKILL)
    again = lines_until(program, "second runs")
    assert len(again) == 1, "the other one was left alone"
    assert pid_in(again[0]) != pid


def test_what_a_killed_service_leaves_running_is_killed_before_it_starts_again(start: Start) -> None:
    code = "helper = subprocess.Popen(['sleep', '600']); say('helper', helper.pid); " + STEADY
    program = start(web=code)
    helper, web, _ = lines_until(program, "all ready")
    os.kill(pid_in(web), signal.SIGKILL)
    lines_until(program, "helper")
    assert ends(pid_in(helper))


def test_a_service_that_keeps_failing_ends_everything_with_exit_code_1(start: Start) -> None:
    program = start(good=STEADY, bad="say('fails'); sys.exit(3)")
    told = program.stderr.read().split("\n")
    assert told.count("bad fails") == 6
    assert told[-2] == "good ends"
    assert program.wait() == 1


def test_a_service_that_is_never_ready_ends_everything_with_exit_code_1(start: Start) -> None:
    program = start(mute="signal.pause()")
    assert program.stderr.read() == "mute ends\n"
    assert program.wait() == 1


def test_a_service_that_does_not_end_when_asked_is_killed_after_its_time(start: Start) -> None:
    program = start(deaf="signal.signal(signal.SIGTERM, signal.SIG_IGN); " + STEADY)
    pid = pid_in(lines_until(program, "all ready")[0])
    asked = time.monotonic()
    program.terminate()
    assert program.wait() == 0
    assert ends(pid, within_s=0)
    assert time.monotonic() - asked > 0.9


def test_no_service_outlives_a_killed_supervisor(start: Start) -> None:
    program = start(first=STEADY, second=STEADY)
    pids = [pid_in(line) for line in lines_until(program, "all ready")[:2]]
    program.kill()
    assert all(ends(pid) for pid in pids)


def test_it_takes_no_processor_time_while_nothing_happens(start: Start) -> None:
    program = start(only=STEADY)
    pid = pid_in(lines_until(program, "all ready")[0])

    def wakings() -> int:
        status = Path(f"/proc/{program.pid}/status").read_text()
        return int(status.split("voluntary_ctxt_switches:")[1].split()[0])

    def sleeps_for_a_second() -> bool:
        before = wakings()
        assert not ends(pid, within_s=1.0)
        return wakings() - before <= 2

    assert eventually(sleeps_for_a_second), "a second that a busy machine draws out has more looks in it, but not each has"


def test_standard_output_is_left_to_the_caller(start: Start, capfd: pytest.CaptureFixture[str]) -> None:
    program = start(only="print('a banner', flush=True); " + STEADY)
    assert "a banner" in lines_until(program, "all ready")
    assert capfd.readouterr().out == ""


def test_a_service_that_shows_no_sign_of_life_is_killed_and_started_again(start: Start) -> None:
    code = "say('runs', os.getpid()); ready(); HUSHED.unlink() if HUSHED.exists() else hush(); signal.pause()"
    program = start(still=code)
    (first,) = (pid_in(line) for line in lines_until(program, "runs"))
    lines_until(program, "all ready")
    (second,) = (pid_in(line) for line in lines_until(program, "runs"))
    assert first != second
    assert ends(first)


def test_asked_to_drain_it_ends_when_what_was_begun_is_done(start: Start) -> None:
    program = start(first=STEADY, drained=STEADY)
    lines_until(program, "all ready")
    program.send_signal(signal.SIGUSR1)
    assert [line.split()[:2] for line in lines_until(program, "first ends")] == [["drained", "drains"], ["first", "ends"]]
    assert program.wait() == 0


def test_a_service_that_refuses_to_say_whether_it_lives_is_left_alone(start: Start) -> None:
    program = start(still="say('runs', os.getpid()); FLAG.with_suffix('.refusing').touch(); ready(); signal.pause()")
    pid = pid_in(lines_until(program, "all ready")[0])
    assert not ends(pid, within_s=3)
    assert program.poll() is None
