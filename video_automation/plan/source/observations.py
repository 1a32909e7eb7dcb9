"""The observations of one video so far: one value of each type."""

from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Observations:
    """Values of different types, such as a Hearing and a Transcript; each is found by its type."""

    values: tuple[object, ...] = ()

    def get(self, kind: type[T]) -> T | None:
        """The value of this type; None if its step was not asked for."""
        return next((value for value in self.values if isinstance(value, kind)), None)

    def __getitem__(self, kind: type[T]) -> T:
        """The value of this type. Raises KeyError if there is none."""
        if (value := self.get(kind)) is None:
            raise KeyError(kind)
        return value

    def and_also(self, value: object) -> "Observations":
        """These observations, and one more."""
        return Observations((*self.values, value))
