"""Keeps what owners have set, each their own, in files that only the service's user may read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import DamagedError
from video_automation.jobs.policy.presets import Presets
from video_automation.plan.brand.brand_files import Brand
from video_automation.plan.params import Terms
from video_automation.stores.key_file import file_lock, put_private

_T = TypeVar("_T")
_GLOSSARIES = TypeAdapter(dict[str, Terms])
_PRESETS = TypeAdapter(dict[str, Presets])
_BRANDS = TypeAdapter(dict[str, Brand])


@dataclass(frozen=True, slots=True)
class OwnersFile(Generic[_T]):
    """A JSON file with one value for each owner."""

    path: Path
    kind: TypeAdapter[dict[str, _T]]
    none: _T
    """The value of an owner who has set nothing."""

    def of(self, owner: str) -> _T:
        """An owner's value. Raises DamagedError."""
        return self._all().get(owner, self.none)

    def change(self, owner: str, step: Callable[[_T], _T]) -> _T:
        """Replaces an owner's value by the result of `step`; if it raises, nothing changes."""
        with file_lock(self.path):
            every = self._all()
            every[owner] = step(every.get(owner, self.none))
            put_private(self.kind.dump_json(every, indent=2), self.path)
        return every[owner]

    def _all(self) -> dict[str, _T]:
        try:
            return self.kind.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValidationError as error:
            raise DamagedError(f"{self.path.name}: is not as this program writes it.") from error


def owners_files(folder: Path) -> tuple[OwnersFile[tuple[str, ...]], OwnersFile[Presets], OwnersFile[Brand]]:
    """The glossaries, the presets and the brands of all owners, in this folder."""
    return (
        OwnersFile(folder / "glossaries.json", _GLOSSARIES, ()),
        OwnersFile(folder / "presets.json", _PRESETS, {}),
        OwnersFile(folder / "brands.json", _BRANDS, Brand()),
    )
