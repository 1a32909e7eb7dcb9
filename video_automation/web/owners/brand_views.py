"""The API on a caller's brand: fonts for captions, and a logo."""

from typing import Final

from flask import Blueprint, request, send_file, url_for
from typing_extensions import TypedDict
from werkzeug.exceptions import RequestEntityTooLarge

from video_automation.errors import (
    NoSpaceError,
    QuotaError,
    RequestError,
    TooLargeError,
    TransientError,
    UnderWayError,
    UnknownTaskError,
    UnsupportedError,
)
from video_automation.jobs.brand.belongings import (
    LARGEST_FONT,
    LARGEST_LOGO,
    add_font,
    drop_font,
    drop_logo,
    owner_file,
    put_logo,
)
from video_automation.plan.brand.brand_files import Brand
from video_automation.web.api.context import backend, caller
from video_automation.web.api.responses import Content, Created, Ok
from video_automation.web.openapi.endpoint_docs import Body, Call
from video_automation.web.schemas.answers import UriReference, described

blueprint = Blueprint("brand", __name__)


@described
class BrandFontAnswer(TypedDict):
    """An uploaded font."""

    name: str
    """What the option `font` calls it."""


@described
class BrandLogoAnswer(TypedDict):
    """The logo, as it was encoded anew."""

    width: int
    height: int
    """In pixels."""
    href: UriReference
    """Where it is, as PNG."""


@described
class BrandAnswer(TypedDict):
    """The caller's fonts, in the order they were uploaded, and logo."""

    fonts: list[BrandFontAnswer]
    logo: BrandLogoAnswer | None


_REFUSED: Final = {
    TooLargeError: ("too_large", "quota_bytes"),
    QuotaError: ("quota_bytes",),
    UnderWayError: (),
    NoSpaceError: (),
    TransientError: ("busy",),
}
_ANY: Final = "application/octet-stream"


@blueprint.get("/brand")
def current() -> Ok[BrandAnswer]:
    """The caller's fonts and logo."""
    return Ok(_told(backend().brands.of(caller().owner)))


@blueprint.post("/brand/fonts")
@Call(
    errors={UnsupportedError: ("not_a_font",), RequestError: ("too_many_fonts",), **_REFUSED},
    body=Body({"font/ttf": bytes, "font/otf": bytes, "font/woff": bytes, "font/woff2": bytes, _ANY: bytes}),
    curl="-H 'Content-Type: font/ttf' --data-binary @talk.vtt",
)
def add() -> Created[BrandAnswer]:
    """Adds a font (TTF, OTF, WOFF, WOFF2), in place of one of the same name; captions can then be drawn with it."""
    return Created(_told(add_font(backend(), caller().owner, _content(LARGEST_FONT), caller().quotas)))


@blueprint.delete("/brand/fonts/<name>")
@Call(errors={UnknownTaskError: ("unknown_font",)})
def drop(name: str) -> Ok[BrandAnswer]:
    """Deletes a font; tasks that use it keep it."""
    return Ok(_told(drop_font(backend(), caller().owner, name)))


@blueprint.get("/brand/logo")
@Call(errors={UnknownTaskError: ("unknown_logo",)}, curl="-o logo.png")
def logo() -> Content:
    """The logo as PNG."""
    found = backend().brands.of(caller().owner).logo
    if found is None:
        raise UnknownTaskError("You have no logo.", code="unknown_logo")
    place = backend().folders.storage.local(owner_file(caller().owner, found.sha256))
    answer = send_file(place, mimetype="image/png", etag=found.sha256[:16])
    return Content.force_type(answer)  # type: ignore[return-value]


@blueprint.put("/brand/logo")
@Call(
    errors={UnsupportedError: ("not_a_logo",), **_REFUSED},
    body=Body({"image/png": bytes, "image/jpeg": bytes, "image/webp": bytes, _ANY: bytes}),
    curl="-H 'Content-Type: image/png' --data-binary @talk.vtt",
)
def put() -> Ok[BrandAnswer]:
    """Takes a picture (PNG, JPEG, WebP) as the logo, in place of the one before."""
    return Ok(_told(put_logo(backend(), caller().owner, _content(LARGEST_LOGO), caller().quotas)))


@blueprint.delete("/brand/logo")
@Call(errors={UnknownTaskError: ("unknown_logo",)})
def drop_picture() -> Ok[BrandAnswer]:
    """Deletes the logo; tasks that show it keep it."""
    return Ok(_told(drop_logo(backend(), caller().owner)))


def _told(brand: Brand) -> BrandAnswer:
    picture = brand.logo
    place = url_for("brand.logo")
    shown: BrandLogoAnswer | None = (
        {"width": picture.width, "height": picture.height, "href": f"{place}?{picture.sha256[:8]}"} if picture else None
    )
    return {"fonts": [{"name": font.family} for font in brand.fonts], "logo": shown}


def _content(most: int) -> bytes:
    """The body. Raises TooLargeError where it has more bytes than this."""
    request.max_content_length = most
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise TooLargeError(f"This file is larger than {most // 1_000_000} MB. Upload a smaller one.") from None
