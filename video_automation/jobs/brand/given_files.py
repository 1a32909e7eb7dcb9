"""Gives a task the files of its owner's brand that it uses: copies, so that what an owner deletes later breaks nothing."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from video_automation.errors import RequestError
from video_automation.jobs.brand.belongings import owner_file
from video_automation.jobs.model import Job
from video_automation.jobs.ports import Backend
from video_automation.plan.brand.brand_files import Brand
from video_automation.plan.choices import FONTS
from video_automation.plan.params import LookParams, Params

_MISSING = {
    "logo": "There is no logo to show. Upload one first.",
    "opening_card": "There is no opening card to show. Upload one first.",
    "closing_card": "There is no closing card to show. Upload one first.",
}


def branded(params: Params, brand: Brand, looks: Iterable[LookParams] = ()) -> Params:
    """The parameters with the files of a brand that they, and these looks of clips, ask for.

    What a task has already, and the owner no longer has, stays.

    Raises:
        RequestError: there is no such font, no logo, or no card.
    """
    fonts = {font.family: font for font in params.brand.fonts}
    for look in (params.look, *looks):
        if look.font is None or look.font in FONTS:
            continue
        font = brand.font(look.font) or fonts.get(look.font)
        if font is None:
            known = ", ".join((*FONTS, *(font.family for font in brand.fonts)))
            raise RequestError(f"font: there is no font “{look.font}”. There are: {known}.", code="wrong_option")
        fonts[look.font] = font
    logo, cards = params.logo, params.cards
    wanted = {
        "logo": logo.logo_in_clips or logo.logo_in_video,
        "opening_card": cards.opening_in_clips or cards.opening_in_video,
        "closing_card": cards.closing_in_clips or cards.closing_in_video,
    }
    pictures = {name: getattr(brand, name) or getattr(params.brand, name) for name, shown in wanted.items() if shown}
    for name, picture in pictures.items():
        if picture is None:
            raise RequestError(_MISSING[name], code="wrong_option")
    return replace(params, brand=Brand(tuple(fonts.values()), **pictures))


def keep_files(backend: Backend, job_id: str, owner: str, params: Params) -> None:
    """Copies the files that these parameters name to a task, where it does not have them.

    Raises:
        RequestError: its owner has deleted one meanwhile.
    """
    storage, workspace = backend.folders.storage, backend.folders.of(job_id)
    for digest in params.brand.files:
        if storage.find(workspace.brand(digest)):
            continue
        try:
            storage.copy(owner_file(owner, digest), workspace.brand(digest))
        except FileNotFoundError:
            raise RequestError(
                "A font or a picture of the brand was deleted meanwhile. Choose another one.", code="wrong_option"
            ) from None


def known_to(backend: Backend, job: Job) -> Callable[[str], Path]:
    """Where the files a task has, or else those of its owner, are on this machine, by their hashes."""
    storage, workspace = backend.folders.storage, backend.folders.of(job.id)

    def place(digest: str) -> Path:
        own = workspace.brand(digest)
        return storage.local(own if storage.find(own) else owner_file(job.owner, digest))

    return place
