"""Which of many similar cases `make test` runs; `make thorough` runs the others too."""

from collections.abc import Iterable
from typing import Any

import pytest


def few(cases: Iterable[Any], *usual: Any) -> list[Any]:
    """All cases as parameters; those that are not `usual` are marked `thorough`."""
    return [case if case in usual else _thorough(case) for case in cases]


def _thorough(case: Any) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.thorough)
