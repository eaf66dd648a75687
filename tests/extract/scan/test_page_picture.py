"""How large a picture of a page is read."""

from __future__ import annotations

import numpy as np
import pytest

from extract.scan.page_picture import to_reading_size
from extract.scan.pixels.ink import Pixels


def paper(width: int, height: int) -> Pixels:
    return np.full((height, width, 3), 250, np.uint8)


@pytest.mark.parametrize(("dpi", "read_at"), [(150, 150), (200, 200), (240, 240), (300, 200), (600, 200)])
def test_an_a4_sheet_is_read_at_200_dpi_if_it_is_dense_enough(dpi: int, read_at: int) -> None:
    picture = to_reading_size(1, paper(round(8.27 * dpi), round(11.69 * dpi)), dpi / 72)
    assert picture.pixels.shape[0] == pytest.approx(11.69 * read_at, abs=1)
    assert picture.density * 72 == pytest.approx(read_at, rel=0.01)


def test_a_photo_that_claims_the_size_of_a_wall_is_taken_for_a_sheet() -> None:
    picture = to_reading_size(1, paper(4500, 6000), 1.0)
    assert picture.pixels.shape == (2900, 2175, 3)
    assert 2900 / picture.density == pytest.approx(6000, rel=0.01)
