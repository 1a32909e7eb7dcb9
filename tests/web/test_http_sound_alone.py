"""`POST /upload` with a recording of sound alone."""

import io
import wave

from flask.testing import FlaskClient
from queues import ListQueue


def test_a_recording_of_sound_alone_is_accepted(client: FlaskClient, queue: ListQueue):
    podcast = io.BytesIO()
    with wave.open(podcast, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(16_000))
    answer = client.post("/upload", data={"file": (io.BytesIO(podcast.getvalue()), "podcast.wav")})
    assert answer.status_code == 202
    assert queue.messages == [answer.json["task_id"]]
