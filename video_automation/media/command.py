"""One run of ffmpeg, as a value; and the formats any run may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

DEMUXERS = "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,asf,ogg,mxf,dv,ivf,obu,av1,h264,hevc,mp3,wav,flac"
"""The containers and bare streams we read, the last three for sound alone.

Formats that name other files (HLS, DASH, concat, SDP) are left out.
"""
PICTURE_DECODERS = (
    # phones, cameras, the web
    "h264,hevc,vp8,vp9,libvpx-vp9,av1,libdav1d,mpeg4,mpeg1video,mpeg2video,mpegvideo,theora,mjpeg,png,dvvideo,flv,h263,h263i,"
    "h263p,vp6,vp6f,vp6a,msmpeg4,msmpeg4v1,msmpeg4v2,wmv1,wmv2,wmv3,vc1,svq1,svq3,cinepak,rpza,gif,"
    # editing
    "prores,dnxhd,cfhd,jpeg2000,v210,r210,qtrle,ffv1,huffyuv,ffvhuff,utvideo,magicyuv,lagarith,rawvideo,"
    # screen recorders
    "flashsv,flashsv2,camtasia,tscc2,camstudio,g2m,vmnc,zmbv,fraps,cllc,fic,mss1,mss2,msa1,mts2,rscc,screenpresso,msrle,msvideo1,zlib"
)
"""The decoders that work well in FFmpeg. `docs/formats.md` lists the others, and why they are left out."""
SOUND_DECODERS = (
    "aac,aac_latm,mp1,mp1float,mp2,mp2float,mp3,mp3float,opus,libopus,vorbis,libvorbis,flac,alac,ac3,ac3_fixed,eac3,truehd,mlp,dca,"
    "wmav1,wmav2,wmapro,wmalossless,wmavoice,amrnb,amrwb,nellymoser,speex,libspeex,wavpack,tta,s302m,qdm2,qdmc,mace3,mace6,gsm,gsm_ms,"
    "truespeech,g723_1,g726,g726le,adpcm_ima_wav,adpcm_ima_qt,adpcm_ms,adpcm_swf,adpcm_yamaha,dvaudio,"
    "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_u8,pcm_s8,pcm_alaw,"
    "pcm_mulaw,pcm_dvd,pcm_bluray,pcm_s16le_planar,pcm_s16be_planar,pcm_s24le_planar,pcm_s32le_planar"
)
OPEN_OPTIONS = {
    "protocol_whitelist": "file",
    "format_whitelist": DEMUXERS,
    "codec_whitelist": f"{PICTURE_DECODERS},{SOUND_DECODERS}",
}
"""The options with which PyAV opens an untrusted file."""
MAX_PIXELS = 8192 * 4320
"""The largest picture we decode."""


@dataclass(frozen=True, slots=True)
class Command:
    """Arguments for ffmpeg that make one file.

    `args` are all arguments but the last one, the output path: `media.ffmpeg` adds it, and moves the finished file to `output`.
    """

    args: tuple[str, ...]
    output: str
    frames: int = 0
    """Video frames it makes, for progress and as a check; 0 if it makes none."""


def source_args(source: Path, *, seek: str | None = None, start_us: int | None = None) -> tuple[str, ...]:
    """Arguments that open an untrusted file with one thread: listed protocols, demuxers and decoders only.

    With `seek` (decimal seconds) decoding begins at the last key frame before it; nothing decoded is dropped. With `start_us`
    (of `plan.Source`) times count from the video's start. Without it ffmpeg counts the times of MPEG streams from the start of
    the tracks in use, so sound read alone would lose its delay against the picture.
    """
    clock = () if start_us is None else ("-copyts", "-itsoffset", f"{-start_us}us")
    place = ("-noaccurate_seek", "-ss", seek) if seek else ()
    return (
        *("-protocol_whitelist", "file", "-format_whitelist", DEMUXERS),
        *("-codec_whitelist", f"{PICTURE_DECODERS},{SOUND_DECODERS}"),
        *("-max_pixels", str(MAX_PIXELS), "-max_streams", "64", "-threads", "1"),
        *clock,
        *place,
        *("-i", f"file:{source}"),
    )


def sum_of(terms: Sequence[str]) -> str:
    """The sum of terms of an ffmpeg expression, nested in halves: ffmpeg refuses a plain sum of more than 90 as too deep."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return f"({sum_of(terms[:half])}+{sum_of(terms[half:])})"
