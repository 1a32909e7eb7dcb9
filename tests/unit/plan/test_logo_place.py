"""Where a logo is in a picture, by its options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.brand.brand_files import BrandLogo
from video_automation.plan.brand.logo_params import LogoParams, placed

CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")
SIDES = st.integers(1, 1024)


@pytest.mark.parametrize(
    ("corner", "x", "y"), [("top-left", 50, 50), ("top-right", 750, 50), ("bottom-left", 50, 1900), ("bottom-right", 750, 1900)]
)
def test_it_is_in_its_corner_at_its_margin(corner: str, x: int, y: int) -> None:
    params = LogoParams(logo_corner=corner, logo_size=20, logo_margin=5)  # type: ignore[arg-type]
    place = placed(BrandLogo("0" * 64, 400, 100), params, 1000, 2000)
    assert (place.x, place.y, place.width, place.height) == (x, y, 200, 50)


def test_a_tall_logo_is_no_higher_than_it_might_be_wide() -> None:
    place = placed(BrandLogo("0" * 64, 100, 400), LogoParams(logo_size=20), 1000, 2000)
    assert (place.width, place.height) == (50, 200)


@given(
    SIDES, SIDES, st.integers(16, 4000), st.integers(16, 4000), st.sampled_from(CORNERS), st.integers(3, 50), st.integers(0, 30)
)
def test_it_is_always_inside(wide: int, high: int, width: int, height: int, corner: str, size: int, margin: int) -> None:
    params = LogoParams(logo_corner=corner, logo_size=size, logo_margin=margin)  # type: ignore[arg-type]
    place = placed(BrandLogo("0" * 64, wide, high), params, width, height)
    assert 0 <= place.x <= place.x + place.width <= width
    assert 0 <= place.y <= place.y + place.height <= height
    assert min(place.width, place.height) >= 1
