"""Takes in the fonts, the logo and the cards of an owner, and keeps them in the storage under keys of their own."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, Literal, get_args

from video_automation.access.quotas import UNBOUNDED, Quotas
from video_automation.errors import NoSpaceError, RequestError, UnknownTaskError, UnsupportedError
from video_automation.jobs.policy.quota import room_for
from video_automation.jobs.ports import Backend
from video_automation.jobs.uploads.disk_space import full_disk_told
from video_automation.jobs.workspace import brand_of
from video_automation.media.brand.brand_reading import card_read, font_read, logo_read
from video_automation.plan.brand.brand_files import Brand, BrandFont, BrandPicture
from video_automation.plan.choices import FONTS

MOST_FONTS: Final = 20
"""How many an owner may have."""
LARGEST_FONT: Final = 10_000_000
LARGEST_LOGO: Final = 5_000_000
LARGEST_CARD: Final = 10_000_000
"""In bytes, as they are uploaded."""

CardName = Literal["opening", "closing"]
"""Which of an owner's two cards."""
_NO_CARD: Final[Mapping[CardName, str]] = {"opening": "You have no opening card.", "closing": "You have no closing card."}


def owner_file(owner: str, digest: str) -> str:
    """The key of a file of an owner's brand."""
    return f"{brand_of(owner)}{digest}"


def add_font(backend: Backend, owner: str, content: bytes, quotas: Quotas = UNBOUNDED) -> Brand:
    """Adds a font, in place of one of the same family; gives the brand then.

    Raises:
        UnsupportedError: it is no font that can be used, or has the name of one that is always here.
        RequestError: the owner has as many as they may have.
        QuotaError, TooLargeError, UnderWayError: as `room_for`.
        NoSpaceError: the disk is full. TransientError: too many are being read just now.
    """
    _check_free(backend, len(content))
    font, written = font_read(backend.folders.work, content)
    if font.family in FONTS:
        raise UnsupportedError(f"“{font.family}” is always here: choose it.", code="not_a_font")

    def step(before: Brand) -> Brand:
        others = tuple(other for other in before.fonts if other.family != font.family)
        if len(others) >= MOST_FONTS:
            sentence = f"You have {MOST_FONTS} fonts, the most there may be. Delete one first."
            raise RequestError(sentence, code="too_many_fonts")
        return replace(before, fonts=(*others, font))

    with room_for(backend, owner, quotas, len(written)):
        return _changed(backend, owner, {font.sha256: written}, step)


def drop_font(backend: Backend, owner: str, family: str) -> Brand:
    """Deletes a font. Tasks that use it keep a copy. Raises UnknownTaskError where there is none of this family."""

    def step(before: Brand) -> Brand:
        dropped = _known(before, family)
        return replace(before, fonts=tuple(font for font in before.fonts if font is not dropped))

    return _changed(backend, owner, {}, step)


def put_logo(backend: Backend, owner: str, content: bytes, quotas: Quotas = UNBOUNDED) -> Brand:
    """Takes a logo in place of the one there is; gives the brand then.

    Raises:
        UnsupportedError: it is no picture that can be decoded.
        QuotaError, TooLargeError, UnderWayError: as `room_for`.
        NoSpaceError: the disk is full. TransientError: too many are being read just now.
    """
    _check_free(backend, len(content))
    logo, written = logo_read(backend.folders.work, content)
    with room_for(backend, owner, quotas, len(written)):
        return _changed(backend, owner, {logo.sha256: written}, lambda before: replace(before, logo=logo))


def drop_logo(backend: Backend, owner: str) -> Brand:
    """Deletes the logo. Tasks that show it keep a copy. Raises UnknownTaskError where there is none."""

    def step(before: Brand) -> Brand:
        if before.logo is None:
            raise UnknownTaskError("You have no logo.", code="unknown_logo")
        return replace(before, logo=None)

    return _changed(backend, owner, {}, step)


def put_card(backend: Backend, owner: str, name: CardName, content: bytes, quotas: Quotas = UNBOUNDED) -> Brand:
    """Takes a card in place of the one there is; gives the brand then. Raises: as `put_logo`."""
    _check_free(backend, len(content))
    card, written = card_read(backend.folders.work, content)
    with room_for(backend, owner, quotas, len(written)):
        return _changed(backend, owner, {card.sha256: written}, lambda before: _with_card(before, name, card))


def drop_card(backend: Backend, owner: str, name: CardName) -> Brand:
    """Deletes a card. Tasks that show it keep a copy. Raises UnknownTaskError where there is none."""

    def step(before: Brand) -> Brand:
        known_card(before, name)
        return _with_card(before, name, None)

    return _changed(backend, owner, {}, step)


def card_named(text: str) -> CardName:
    """Which card has this name in addresses. Raises UnknownTaskError where none has."""
    found: CardName | None = next((name for name in get_args(CardName) if name == text), None)
    if found is None:
        names = " or ".join(f"“{name}”" for name in get_args(CardName))
        raise UnknownTaskError(f"There is no card “{text[:60]}”: a card is {names}.", code="unknown_card")
    return found


def known_card(brand: Brand, name: CardName) -> BrandPicture:
    """A card of a brand. Raises UnknownTaskError where there is none."""
    card = brand.opening_card if name == "opening" else brand.closing_card
    if card is None:
        raise UnknownTaskError(_NO_CARD[name], code="unknown_card")
    return card


def _with_card(brand: Brand, name: CardName, card: BrandPicture | None) -> Brand:
    return replace(brand, opening_card=card) if name == "opening" else replace(brand, closing_card=card)


def _check_free(backend: Backend, needed: int) -> None:
    if backend.folders.storage.free() < backend.rules.reserve_bytes + needed:
        raise NoSpaceError


def _known(brand: Brand, family: str) -> BrandFont:
    font = brand.font(family)
    if font is None:
        raise UnknownTaskError(f"You have no font “{family[:60]}”.", code="unknown_font")
    return font


def _changed(backend: Backend, owner: str, written: Mapping[str, bytes], step: Callable[[Brand], Brand]) -> Brand:
    """The brand after a step: new files are there before it is known, and those that are known no more are removed after it."""
    storage = backend.folders.storage
    with full_disk_told():
        for digest, content in written.items():
            storage.write(owner_file(owner, digest), content)
        brand = backend.brands.change(owner, step)
    for name in storage.names(brand_of(owner)):
        if name not in brand.files and name not in written:
            storage.remove(owner_file(owner, name))
    return brand
