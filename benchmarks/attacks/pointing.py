"""Files that refer to another video, a secret or an address. None may be accepted as a video, no reference followed."""

import struct
from collections.abc import Iterator
from pathlib import Path

from benchmarks.attacks.attack import Attack, ffmpeg, video
from benchmarks.attacks.boxes import box, found, replaced

TEXTS = {
    "hls.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{video}\n#EXT-X-ENDLIST\n",
    "hls-as-video.ts": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{video}\n#EXT-X-ENDLIST\n",
    "hls-over-network.mp4": "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:9,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n",
    "hls-key.m3u8": '#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="{text}",IV=0x0\n#EXTINF:9,\n{video}\n#EXT-X-ENDLIST\n',
    "hls-concat.m3u8": "#EXTM3U\n#EXTINF:9,\nconcat:http://127.0.0.1:{port}/?|subfile,,start,0,end,99,,:{text}\n#EXT-X-ENDLIST\n",
    "hls-master.m3u8": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nhttp://127.0.0.1:{port}/b.m3u8\n",
    "hls-data.m3u8": "#EXTM3U\n#EXTINF:9,\ndata:video/mp2t;base64,R0AAEAAAsA0AAcEAAAAB8AAqsQSy\n#EXT-X-ENDLIST\n",
    "list.ffconcat": "ffconcat version 1.0\nfile '{video}'\n",
    "list-up.mp4": "ffconcat version 1.0\nfile ../../secrets/secret.ts\noption safe 0\n",
    "list-address.mkv": "ffconcat version 1.0\nfile tcp://127.0.0.1:{port}\n",
    "dash.mpd": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet '
    'mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>http://127.0.0.1:{port}/</BaseURL><SegmentList>'
    '<SegmentURL media="{video}"/></SegmentList></Representation></AdaptationSet></Period></MPD>',
    "stream.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video {port} RTP/AVP 96\n"
    "a=rtpmap:96 H264/90000\n",
    "subrip.srt": "1\n00:00:00,000 --> 00:00:09,000\n<img src=http://127.0.0.1:{port}/x>\n",
    "styled.ass": "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Start, End, Text\n"
    "Dialogue: 0:00:00.00,0:00:09.00,{{\\fn{text}}}x\n",
    "sami.smi": "<SAMI><BODY><SYNC Start=0><P>http://127.0.0.1:{port}/\n</BODY></SAMI>\n",
    "vplayer.txt": "00:00:01:x\n00:00:02:{text}\n",
    "microdvd.sub": "{{1}}{{1}}25\n{{1}}{{99}}x\n",
    "captions.vtt": "WEBVTT\n\n00:00.000 --> 00:09.000\nx\n",
    "redirect.asf": "[Reference]\r\nRef1=http://127.0.0.1:{port}/x\r\n",
    "redirect.mov": "RTSPtextrtsp://127.0.0.1:{port}/x\r\n",
    "script.avs": 'AVISource("{video}")\n',
    "graph.lavfi": "movie={video}",
    "movie.smil": '<smil><body><video src="http://127.0.0.1:{port}/x"/></body></smil>',
    "playlist.cpl": '<CompositionPlaylist xmlns="http://www.smpte-ra.org/schemas/2067-3/2016"><Id>{video}</Id>'
    "</CompositionPlaylist>",
    "data.mp4": "data:video/mp4;base64,AAAAGGZ0eXBtcDQy",
    "vector.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{text}" width="99" height="99"/></svg>',
}
"""`video` and `text` become a secret video and a secret text, `port` the port where the witness listens."""


def pointing(folder: Path, text: Path, secret: Path, port: int) -> Iterator[Attack]:
    """One attack for each kind of reference."""
    for name, content in TEXTS.items():
        (folder / name).write_text(content.format(video=secret, text=text, port=port))
        yield Attack(folder / name, "refused")
    source = video(folder / "source.mp4", sound=False)
    data = source.read_bytes()
    source.unlink()
    for name, reference in {
        "dref-url.mp4": box(b"url ", bytes(4) + f"file://{secret}".encode() + b"\0"),
        "dref-http.mov": box(b"url ", bytes(4) + f"http://127.0.0.1:{port}/x.ts".encode() + b"\0"),
        "dref-alias.mov": box(b"alis", bytes(4) + _alias(str(secret))),
    }.items():
        start, end = found(data, b"dref")
        lying = replaced(data, (start, end), box(b"dref", bytes(4) + (1).to_bytes(4) + reference))
        (folder / name).write_bytes(_without_own_media(lying))
        yield Attack(folder / name, "refused")
    reference = box(
        b"rdrf", bytes(4) + b"url " + struct.pack(">I", 40) + f"http://127.0.0.1:{port}/x".encode().ljust(40, b"\0")
    )
    (folder / "reference.mov").write_bytes(box(b"moov", box(b"rmra", box(b"rmda", reference))))
    yield Attack(folder / "reference.mov", "refused")
    yield from _matroska(folder, text)


def _alias(path: str) -> bytes:
    """A classic Mac OS alias record with an absolute path."""
    name = path.encode()
    long = struct.pack(">hH", 2, len(name)) + name + bytes(len(name) % 2)
    up = struct.pack(">hh", 1, 1)
    return (
        bytes(10)
        + b"\x01/".ljust(28, b"\0")
        + bytes(12)
        + b"\x01x".ljust(64, b"\0")
        + bytes(16)
        + up
        + bytes(16)
        + long
        + b"\xff\xff\0\0"
    )


def _without_own_media(data: bytes) -> bytes:
    """The file with its media data zeroed: a picture can then come only from elsewhere."""
    start, end = found(data, b"mdat")
    return data[: start + 8] + bytes(end - start - 8) + data[end:]


def _matroska(folder: Path, text: Path) -> Iterator[Attack]:
    """Matroska files that link to other segments by number, or have attachments; both are valid videos."""
    linked = video(folder / "linked.mkv")
    data = linked.read_bytes()
    own = data.index(b"\x73\xa4\x90")
    linked.write_bytes(data[:own] + b"\x3c\xb9\x23\x8f" + data[own + 3 : own + 18] + data[own + 19 :])
    yield Attack(linked)
    attached = folder / "attached.mkv"
    note = folder / "note.txt"
    note.write_text("x")
    kind = ("-metadata:s:t", "mimetype=application/x-truetype-font", "-metadata:s:t", f"filename=../../../..{text}")
    ffmpeg("-i", linked, "-c", "copy", "-attach", note, *kind, attached)
    note.unlink()
    yield Attack(attached)
