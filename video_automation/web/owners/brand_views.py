"""The API on a caller's brand: fonts for captions, a logo, an opening and a closing card."""

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
    LARGEST_CARD,
    LARGEST_FONT,
    LARGEST_LOGO,
    add_font,
    card_named,
    drop_card,
    drop_font,
    drop_logo,
    known_card,
    owner_file,
    put_card,
    put_logo,
)
from video_automation.plan.brand.brand_files import Brand, BrandPicture
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
class BrandPictureAnswer(TypedDict):
    """A logo or a card, as it was encoded anew."""

    width: int
    height: int
    """In pixels."""
    href: UriReference
    """Where it is, as PNG."""


@described
class BrandAnswer(TypedDict):
    """The caller's fonts, in the order they were uploaded, logo and cards."""

    fonts: list[BrandFontAnswer]
    logo: BrandPictureAnswer | None
    opening_card: BrandPictureAnswer | None
    closing_card: BrandPictureAnswer | None


_REFUSED: Final = {
    TooLargeError: ("too_large", "quota_bytes"),
    QuotaError: ("quota_bytes",),
    UnderWayError: (),
    NoSpaceError: (),
    TransientError: ("busy",),
}
_ANY: Final = "application/octet-stream"
_PICTURE: Final = Body({"image/png": bytes, "image/jpeg": bytes, "image/webp": bytes, _ANY: bytes})
_UPLOADED: Final = "-H 'Content-Type: image/png' --data-binary @talk.vtt"


@blueprint.get("/brand")
def current() -> Ok[BrandAnswer]:
    """The caller's fonts, logo and cards."""
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
    return _sent(found)


@blueprint.put("/brand/logo")
@Call(
    errors={UnsupportedError: ("not_a_logo",), **_REFUSED},
    body=_PICTURE,
    curl=_UPLOADED,
)
def put() -> Ok[BrandAnswer]:
    """Takes a picture (PNG, JPEG, WebP) as the logo, in place of the one before."""
    return Ok(_told(put_logo(backend(), caller().owner, _content(LARGEST_LOGO), caller().quotas)))


@blueprint.delete("/brand/logo")
@Call(errors={UnknownTaskError: ("unknown_logo",)})
def drop_picture() -> Ok[BrandAnswer]:
    """Deletes the logo; tasks that show it keep it."""
    return Ok(_told(drop_logo(backend(), caller().owner)))


@blueprint.get("/brand/cards/<card>")
@Call(errors={UnknownTaskError: ("unknown_card",)}, curl="-o card.png")
def shown_card(card: str) -> Content:
    """The opening or the closing card as PNG."""
    return _sent(known_card(backend().brands.of(caller().owner), card_named(card)))


@blueprint.put("/brand/cards/<card>")
@Call(
    errors={UnknownTaskError: ("unknown_card",), UnsupportedError: ("not_a_card",), **_REFUSED},
    body=_PICTURE,
    curl=_UPLOADED,
)
def put_own_card(card: str) -> Ok[BrandAnswer]:
    """Takes a picture (PNG, JPEG, WebP) as the opening or the closing card, in place of the one before."""
    return Ok(_told(put_card(backend(), caller().owner, card_named(card), _content(LARGEST_CARD), caller().quotas)))


@blueprint.delete("/brand/cards/<card>")
@Call(errors={UnknownTaskError: ("unknown_card",)})
def drop_own_card(card: str) -> Ok[BrandAnswer]:
    """Deletes the opening or the closing card; tasks that show it keep it."""
    return Ok(_told(drop_card(backend(), caller().owner, card_named(card))))


def _told(brand: Brand) -> BrandAnswer:
    return {
        "fonts": [{"name": font.family} for font in brand.fonts],
        "logo": _picture(brand.logo, url_for("brand.logo")),
        "opening_card": _picture(brand.opening_card, url_for("brand.shown_card", card="opening")),
        "closing_card": _picture(brand.closing_card, url_for("brand.shown_card", card="closing")),
    }


def _picture(picture: BrandPicture | None, place: str) -> BrandPictureAnswer | None:
    if picture is None:
        return None
    return {"width": picture.width, "height": picture.height, "href": f"{place}?{picture.sha256[:8]}"}


def _sent(picture: BrandPicture) -> Content:
    place = backend().folders.storage.local(owner_file(caller().owner, picture.sha256))
    answer = send_file(place, mimetype="image/png", etag=picture.sha256[:16])
    return Content.force_type(answer)  # type: ignore[return-value]


def _content(most: int) -> bytes:
    """The body. Raises TooLargeError where it has more bytes than this."""
    request.max_content_length = most
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise TooLargeError(f"This file is larger than {most // 1_000_000} MB. Upload a smaller one.") from None
