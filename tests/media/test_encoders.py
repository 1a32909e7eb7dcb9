"""Another encoder changes nothing but the encoding."""

from fractions import Fraction
from pathlib import Path

from plans import B_FRAMES, picture, plan_of
from videos import make_video, read_numbers

from video_automation.media.ffmpeg import run
from video_automation.media.program import Tools
from video_automation.render.encode.assemble import assemble
from video_automation.render.encode.encoders import Encoder
from video_automation.render.encode.picture import command
from video_automation.render.encode.segments import segments

SPANS = [(3, 40), (41, 44), (70, 200), (260, 570)]
OPENH264 = Encoder("libopenh264", lambda _: ("-c:v", "libopenh264", "-b:v", "2M", "-profile:v", "high"))


def test_another_encoder_gives_exactly_the_planned_frames_too(tmp_path: Path) -> None:
    video = make_video(tmp_path / "a.mp4", frames=600, size=(320, 180), codec=B_FRAMES)
    plan = plan_of(video, SPANS, picture(frames=600, rate=Fraction(30), size=(320, 180)))
    (tmp_path / "work").mkdir()
    tools = Tools(tmp_path / "work", (video,))
    parts = segments(plan, plan.main, OPENH264)
    assert len(parts) > 1
    for unit in parts:
        run(tools, command(unit, video))
    out = assemble(plan.main, parts, tools.folder, tools)
    assert read_numbers(out) == [frame for start, end in SPANS for frame in range(start, end)]
