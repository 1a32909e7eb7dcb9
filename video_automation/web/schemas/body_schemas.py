"""The types of request bodies. The OpenAPI description is made from them."""

from typing import Annotated

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from video_automation.access.shares import DownloadName
from video_automation.plan.choices import ClipStyleName, LayoutName


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class ShareWishes(TypedDict, total=False):
    """Options of a share link."""

    hours: Annotated[float, Field(gt=0, le=8784)]
    """How long the link works; 168 if left out."""
    downloads: tuple[DownloadName, ...]
    """What guests may download; `video` and `clips` if left out. A form may send the names separated by commas."""
    password: Annotated[str, Field(max_length=200)]
    """The password guests must enter. If it is left out or empty, they need none."""


@with_config(ConfigDict(use_attribute_docstrings=True))
class PasswordForm(TypedDict, total=False):
    """The password of a share link."""

    password: str


class SignInForm(TypedDict, total=False):
    """The key to sign in with, and the address to show next."""

    key: str
    next: str


@with_config(ConfigDict(use_attribute_docstrings=True))
class LanguageForm(TypedDict, total=False):
    """The language pages are to be in."""

    language: str
    """Its code: `en`, `de`."""
    page: str
    """The address on this service to come back to."""


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class ClipWishes(TypedDict, total=False):
    """Changes to a clip. What is left out stays as it is."""

    start: Annotated[float, Field(ge=0, le=604_800)]
    """In seconds of the recording."""
    end: Annotated[float, Field(ge=0, le=604_800)]
    """In seconds of the recording, at most ten minutes after the start."""
    title: Annotated[str, Field(max_length=100)]
    style: ClipStyleName
    layout: LayoutName


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class NameWish(TypedDict):
    """The new name of a task."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    """Invisible characters are left out."""


class TasksForm(TypedDict):
    """The tasks to delete."""

    task: list[str]
    """Their ids."""
