"""What callers of the API send, as types: the API's description is made of them."""

from typing import Annotated

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from video_automation.access.shares import DownloadName
from video_automation.plan.choices import ClipStyleName, LayoutName


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class ShareWishes(TypedDict, total=False):
    """How a link is to be."""

    hours: Annotated[float, Field(gt=0, le=8784)]
    """How long it opens, 168 if left out."""
    downloads: tuple[DownloadName, ...]
    """What guests are offered to download, `video` and `clips` if left out; in a form, also with commas between."""
    password: Annotated[str, Field(max_length=200)]
    """What guests have to know; empty if left out, which needs none."""


@with_config(ConfigDict(use_attribute_docstrings=True))
class PasswordForm(TypedDict, total=False):
    """What opens a share link that has a password."""

    password: str


class SignInForm(TypedDict, total=False):
    """What signs in."""

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
    """What is wanted of a clip; what is left out stays."""

    start: Annotated[float, Field(ge=0, le=604_800)]
    """In seconds of the source."""
    end: Annotated[float, Field(ge=0, le=604_800)]
    """In seconds of the source, at most ten minutes after its start."""
    title: Annotated[str, Field(max_length=100)]
    style: ClipStyleName
    layout: LayoutName


@with_config(ConfigDict(use_attribute_docstrings=True, extra="forbid"))
class NameWish(TypedDict):
    """What a task is to be called."""

    name: Annotated[str, Field(min_length=1, max_length=255)]
    """Characters that cannot be seen are left out."""


class TasksForm(TypedDict):
    """Some tasks."""

    task: list[str]
    """Their ids."""
