"""Makes recordings of numbered frames in codecs of screen recorders that FFmpeg can read but not write."""

import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import av
import numpy as np
from videos import make_video, number_picture

SIZE = (128, 72)


def camtasia(path: Path, frames: int) -> Path:
    """TechSmith's tscc: Microsoft's RLE, compressed with zlib."""
    rle = make_video(path.with_name("rle.avi"), frames=frames, size=SIZE, codec=("-c:v", "msrle", "-pix_fmt", "pal8"))
    return _packed_anew(rle, path, "tscc", zlib.compress)


def fraps(path: Path, frames: int) -> Path:
    """The first version of Fraps: uncompressed BGR, from the lowest row up."""
    return _of_pictures(path, frames, "FPS1", "bgr24", lambda rows: struct.pack("<I", 1) + rows[::-1, :, :3].tobytes())


def vmware(path: Path, frames: int) -> Path:
    """The codec of VMware: one rectangle of pixels, which is the whole picture."""
    head = struct.pack(">HHHHHHI", 0, 1, 0, 0, *SIZE, 0)
    return _of_pictures(path, frames, "VMnc", "bgra", lambda rows: head + rows.tobytes())


def _of_pictures(path: Path, frames: int, tag: str, form: str, packed: Callable[[np.ndarray], bytes]) -> Path:
    grey = (number_picture(number, SIZE) for number in range(frames))
    return _written(path, tag, form, (packed(np.repeat(picture[:, :, None], 4, axis=2)) for picture in grey))


def _written(path: Path, tag: str, form: str, packets: Iterable[bytes]) -> Path:
    with av.open(str(path), "w", format="avi") as video:
        stream = video.add_stream("rawvideo", rate=30)
        stream.width, stream.height, stream.pix_fmt = *SIZE, form
        for number, content in enumerate(packets):
            packet = av.Packet(content)
            packet.pts = packet.dts = number
            packet.time_base, packet.stream, packet.is_keyframe = 1 / stream.codec_context.rate, stream, True
            video.mux(packet)
    return _called(path, tag)


def _packed_anew(source: Path, path: Path, tag: str, packed: Callable[[bytes], bytes]) -> Path:
    with av.open(str(source)) as before, av.open(str(path), "w", format="avi") as video:
        stream = video.add_stream_from_template(before.streams.video[0])
        for old in before.demux(video=0):
            if old.size:
                packet = av.Packet(packed(bytes(old)))
                packet.pts, packet.dts, packet.time_base, packet.is_keyframe = old.pts, old.dts, old.time_base, old.is_keyframe
                packet.stream = stream
                video.mux(packet)
    source.unlink()
    return _called(path, tag)


def _called(path: Path, tag: str) -> Path:
    """Changes the codec in the header of an AVI, and says that its rows begin at the bottom."""
    data = bytearray(path.read_bytes())
    handler, header = data.index(b"vids") + 4, data.index(b"strf") + 8
    data[handler : handler + 4] = data[header + 16 : header + 20] = tag.encode()
    struct.pack_into("<i", data, header + 8, abs(struct.unpack_from("<i", data, header + 8)[0]))
    path.write_bytes(data)
    return path
