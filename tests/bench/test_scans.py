"""Made-up scans: the same by seed, of the promised size, damaged and yet legible."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from click.testing import CliRunner
from PIL import Image

from bench.forge.copiers import broken_strokes, one_bit
from bench.forge.paper import Picture, Sheet, dark_margins, jpeg, punch_holes, show_through, turn
from bench.forge.photo import photograph
from bench.forge.scans import DAMAGES, main, render, save_jpeg, save_pdf, save_png, save_tiff, scan
from bench.forge.seals import RED, handwriting, seal

UNIT = "江阳县交通运输局"
HEIGHT, WIDTH = 1000, 720
TURNED = {"turned-90": 1, "turned-180": 2, "turned-270": 3}


def printed(seed: int = 0) -> Picture:
    """A page with lines of figures in its upper half and nothing in the lower."""
    page = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    figures = np.random.default_rng(seed)
    for baseline in range(90, HEIGHT // 2, 32):
        text = " ".join(str(number) for number in figures.integers(100, 99999, 8))
        cv2.putText(page, text, (60, baseline), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0), 2, cv2.LINE_AA)
    return page


@cache
def scanned(damage: str, seed: int = 1) -> tuple[Picture, ...]:
    return tuple(scan([printed(), printed(1)], damage, seed, DAMAGES[damage].dpi, UNIT))


def upright(damage: str) -> Picture:
    return np.rot90(scanned(damage)[0], TURNED.get(damage, 0))


def sheet(number: int = 1) -> Sheet:
    return Sheet(number, 200, UNIT, printed(1))


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def detail(part: Picture) -> float:
    """How much fine structure there is: the spread of grey levels around the soft picture, in grey levels."""
    grey = cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_BGR2GRAY).astype(np.float32)
    return float((grey - cv2.GaussianBlur(grey, (0, 0), 6)).std())


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_same_seed_gives_the_same_pictures(damage: str) -> None:
    again = scan([printed(), printed(1)], damage, 1, DAMAGES[damage].dpi, UNIT)
    assert all(np.array_equal(a, b) for a, b in zip(scanned(damage), again, strict=True))


@pytest.mark.parametrize("damage", DAMAGES)
def test_another_seed_gives_another_picture(damage: str) -> None:
    assert not np.array_equal(scanned(damage)[0], scanned(damage, 2)[0])


@pytest.mark.parametrize("damage", sorted(set(DAMAGES) - {"photo", "turned-90", "turned-270"}))
def test_a_scan_is_as_large_as_its_page(damage: str) -> None:
    assert [page.shape for page in scanned(damage)] == [(HEIGHT, WIDTH, 3)] * 2


@pytest.mark.parametrize("damage", ["turned-90", "turned-270"])
def test_a_page_on_its_side_changes_height_and_width(damage: str) -> None:
    assert scanned(damage)[0].shape == (WIDTH, HEIGHT, 3)


def test_a_photo_shows_an_eighth_more_than_the_page() -> None:
    assert scanned("photo")[0].shape == (HEIGHT * 9 // 8, WIDTH * 9 // 8, 3)


@pytest.mark.parametrize("damage", DAMAGES)
def test_print_stands_out_from_blank_paper(damage: str) -> None:
    page = upright(damage)
    height, width = page.shape[:2]
    across = slice(width // 5, width * 4 // 5)
    text = page[height // 6 : height * 2 // 5, across]
    blank = page[height * 3 // 4 : height * 9 // 10, across]
    assert detail(text) > 2.5 * detail(blank)
    assert np.median(text) - np.percentile(text, 2) > 60


@pytest.mark.parametrize("damage", DAMAGES)
def test_print_is_not_left_as_it_was(damage: str) -> None:
    page = cv2.resize(np.ascontiguousarray(upright(damage)), (WIDTH, HEIGHT))
    assert np.abs(page.astype(int) - printed()).mean() > 1


def test_the_given_pages_stay_as_they_are() -> None:
    page = printed()
    scan([page], "two-sided-noise", 1, 200, UNIT)
    assert np.array_equal(page, printed())


def test_pages_at_another_resolution_are_brought_to_that_of_the_damage() -> None:
    assert scan([printed()], "photocopy150", 1, 300, UNIT)[0].shape == (HEIGHT // 2, WIDTH // 2, 3)


def test_turned_by_90_is_clockwise() -> None:
    page = printed()
    assert np.array_equal(turn(90)(page, sheet(), rng())[:, -1], page[0])


def test_a_red_seal_reddens_paper_and_leaves_print_black() -> None:
    sealed = seal(RED, 0.9)(printed(), sheet(), rng())
    reddened = (sealed[..., 2].astype(int) - sealed[..., 0]) > 60
    assert 0.01 < reddened.mean() < 0.2
    assert sealed[printed().max(axis=2) < 30].max() < 30


def test_the_seal_carries_the_name_of_the_unit() -> None:
    ours = seal(RED, 0.9)(printed(), sheet(), rng())
    theirs = seal(RED, 0.9)(printed(), Sheet(1, 200, "溪口县水利局", printed(1)), rng())
    assert not np.array_equal(ours, theirs)


def test_signatures_add_ink_and_take_none_away() -> None:
    signed = handwriting(2)(printed(), sheet(), rng())
    assert (signed <= printed()).all()
    assert 0.001 < (signed.min(axis=2) < printed().min(axis=2)).mean() < 0.05


def test_a_starved_copier_loses_ink() -> None:
    blackness = [
        (255 - broken_strokes(loss)(printed(), sheet(), rng()).astype(float)).sum()
        for loss in (0.1, 0.3, 0.6)
    ]
    assert blackness[0] > blackness[1] > blackness[2] > 0


def test_a_fax_knows_only_black_and_white() -> None:
    assert set(np.unique(one_bit(160, 25)(printed(), sheet(), rng()))) == {0, 255}
    assert set(np.unique(scanned("fax")[0])) == {0, 255}


def test_the_other_side_shows_mirrored() -> None:
    blank = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    back = blank.copy()
    back[:, : WIDTH // 4] = 0
    seen = show_through(0.2)(blank, Sheet(1, 200, UNIT, back), rng())
    assert seen[:, -WIDTH // 8].mean() < 210
    assert seen[:, WIDTH // 8].mean() == 255


def test_holes_are_at_the_bound_edge_and_the_dark_strip_at_the_other() -> None:
    blank = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    for number, bound, outer in ((1, slice(0, 200), -1), (2, slice(-200, None), 0)):
        holed = punch_holes(blank, sheet(number), rng())
        assert (holed[:, bound] < 60).sum() == (holed < 60).sum() > 0
        assert dark_margins(6)(blank, sheet(number), rng())[: HEIGHT // 2, outer].max() < 60


def test_a_photo_has_the_desk_in_its_corners() -> None:
    taken = photograph(0.02, 2.0, 0.7)(printed(), sheet(), rng())
    corners = [taken[:8, :8], taken[:8, -8:], taken[-8:, :8], taken[-8:, -8:]]
    assert max(corner.mean() for corner in corners) < 190 < np.median(taken)


def test_jpeg_gets_coarser_with_lower_quality() -> None:
    lost = [
        np.abs(jpeg(quality)(printed(), sheet(), rng()).astype(int) - printed()).mean()
        for quality in (90, 50, 20)
    ]
    assert 0 < lost[0] < lost[1] < lost[2]


@pytest.mark.parametrize("damage", ["degraded", "fax"])
def test_a_pdf_gives_back_its_pictures_at_their_size(tmp_path: Path, damage: str) -> None:
    pages = scanned(damage)
    save_pdf(pages, tmp_path / "a.pdf", 200, 90)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        assert document[1].get_size() == pytest.approx((WIDTH * 0.36, HEIGHT * 0.36), abs=0.01)
        assert document[0].get_textpage().count_chars() == 0
    back = render(tmp_path / "a.pdf", 200)
    assert [page.shape for page in back] == [page.shape for page in pages]
    assert np.abs(back[0].astype(int) - pages[0]).mean() < 3


def test_a_pdf_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        save_pdf(scanned("poor"), tmp_path / name, 200, 75)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


@pytest.mark.parametrize(("damage", "packing"), [("fax", "group4"), ("fold", "tiff_lzw")])
def test_a_tiff_keeps_all_pages_exactly(tmp_path: Path, damage: str, packing: str) -> None:
    save_tiff(scanned(damage), tmp_path / "a.tif", 200)
    with Image.open(tmp_path / "a.tif") as image:
        assert image.info["compression"] == packing
        for number, page in enumerate(scanned(damage)):
            image.seek(number)
            assert np.array_equal(np.asarray(image.convert("RGB"))[..., ::-1], page)


def test_single_pictures_say_their_resolution(tmp_path: Path) -> None:
    page = scanned("dpi300")[0]
    save_png(page, tmp_path / "a.png", 300)
    save_jpeg(page, tmp_path / "a.jpg", 300, 80)
    for name in ("a.png", "a.jpg"):
        with Image.open(tmp_path / name) as image:
            assert image.size == (WIDTH, HEIGHT)
            assert image.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_command_line_scans_a_pdf(tmp_path: Path) -> None:
    save_pdf([printed()], tmp_path / "in.pdf", 200, 90)
    arguments = [str(tmp_path / "in.pdf"), str(tmp_path / "out.pdf"), "--damage", "turned-90", "--seed", "3"]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert [page.shape for page in render(tmp_path / "out.pdf", 200)] == [(WIDTH, HEIGHT, 3)]
