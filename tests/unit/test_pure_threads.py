"""What a pure test may not do, a thread that an earlier test left behind still may."""

import subprocess
import threading

import pytest

from tests import pure


def test_a_thread_of_an_earlier_test_goes_on(request: pytest.FixtureRequest) -> None:
    may_go_on, codes = threading.Event(), []

    def work() -> None:
        may_go_on.wait()
        codes.append(subprocess.run(["true"], check=True).returncode)

    left = threading.Thread(target=work)
    left.start()
    request.node.add_marker(pytest.mark.pure)
    with pure.held_to(request.node):
        with pytest.raises(pytest.fail.Exception, match="marked `pure`"):
            subprocess.run(["true"], check=True)
        may_go_on.set()
        left.join()
    assert codes == [0]
