"""Where a logo is in a picture, by its options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from video_automation.plan.brand.brand_files import BrandPicture
from video_automation.plan.brand.logo_params import LogoParams, placed

CORNERS = ("top-left", "top-right", "bottom-left", "bottom-right")
SIDES = st.integers(1, 1024)


@pytest.mark.parametrize(
    ("corner", "x", "y"), [("top-left", 50, 50), ("top-right", 750, 50), ("bottom-left", 50, 1900), ("bottom-right", 750, 1900)]
)
def test_it_is_in_its_corner_at_its_margin(corner: str, x: int, y: int) -> None:
    params = LogoParams(logo_corner=corner, logo_size=20, logo_margin=5)  # type: ignore[arg-type]
    place = placed(BrandPicture("0" * 64, 400, 100), params, 1000, 2000)
    assert (place.x, place.y, place.width, place.height) == (x, y, 200, 50)


def test_a_tall_logo_is_no_higher_than_it_might_be_wide() -> None:
    place = placed(BrandPicture("0" * 64, 100, 400), LogoParams(logo_size=20), 1000, 2000)
    assert (place.width, place.height) == (50, 200)


SIZES = st.tuples(st.integers(16, 4000), st.integers(16, 4000))


@given(st.tuples(SIDES, SIDES), SIZES, st.sampled_from(CORNERS), st.integers(3, 50), st.integers(0, 30))
def test_it_is_always_inside(logo: tuple[int, int], size: tuple[int, int], corner: str, share: int, margin: int) -> None:
    params = LogoParams(logo_corner=corner, logo_size=share, logo_margin=margin)  # type: ignore[arg-type]
    place = placed(BrandPicture("0" * 64, *logo), params, *size)
    assert 0 <= place.x <= place.x + place.width <= size[0]
    assert 0 <= place.y <= place.y + place.height <= size[1]
    assert min(place.width, place.height) >= 1
