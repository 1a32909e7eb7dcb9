"""Keeps the glossaries of owners in a file that only the service's user may read."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from video_automation.errors import DamagedError
from video_automation.plan.params import Terms
from video_automation.stores.key_file import file_lock, put_private

_GLOSSARIES = TypeAdapter(dict[str, Terms])


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The glossaries in a file, by their owners."""

    path: Path

    def of(self, owner: str) -> tuple[str, ...]:
        """An owner's terms. Raises DamagedError."""
        return self._all().get(owner, ())

    def change(self, owner: str, step: Callable[[tuple[str, ...]], tuple[str, ...]]) -> tuple[str, ...]:
        """Replaces an owner's terms by the result of `step`; if it raises, nothing changes."""
        with file_lock(self.path):
            every = self._all()
            every[owner] = step(every.get(owner, ()))
            put_private(_GLOSSARIES.dump_json(every, indent=2), self.path)
        return every[owner]

    def _all(self) -> dict[str, tuple[str, ...]]:
        try:
            return _GLOSSARIES.validate_json(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValidationError as error:
            raise DamagedError(f"{self.path.name}: is not as this program writes it.") from error
