"""Which of many like cases `make test` tries; `make thorough` tries the others too."""

from collections.abc import Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], *usual: Any) -> list[Any]:
    """All the cases, of which only the usual ones are tried each time."""
    return [case if case in usual else _thorough(case) for case in cases]


def _thorough(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.thorough)
