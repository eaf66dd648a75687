"""Picture files and PDF pages as pictures: their size on paper, and what is refused."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.scan import pictures
from extract.scan.page_picture import PagePicture
from extract.scan.pictures import file_to_pictures
from models.document import Problem


def refusal(path: Path) -> str:
    (problem,) = file_to_pictures(path, 9)
    assert isinstance(problem, Problem)
    return problem.code


def pages(path: Path, most: int = 9) -> list[PagePicture]:
    return [picture for picture in file_to_pictures(path, most) if isinstance(picture, PagePicture)]


def test_a_scan_knows_its_size_on_paper(tmp_path: Path) -> None:
    Image.new("L", (1654, 2339), 250).save(tmp_path / "a.png", dpi=(200, 200))
    (picture,) = pages(tmp_path / "a.png")
    assert picture.pixels.shape == (2339, 1654, 3)
    assert 2339 / picture.density == pytest.approx(842, abs=1)


def test_a_dense_scan_is_made_smaller_and_keeps_its_size_on_paper(tmp_path: Path) -> None:
    Image.new("L", (2480, 3508), 250).save(tmp_path / "a.png", dpi=(300, 300))
    (picture,) = pages(tmp_path / "a.png")
    high = picture.pixels.shape[0]
    assert high == 2339 and high / picture.density == pytest.approx(842, abs=1)


def test_a_picture_without_resolution_has_a_pixel_a_point(tmp_path: Path) -> None:
    Image.new("L", (300, 200), 250).save(tmp_path / "a.png")
    (picture,) = pages(tmp_path / "a.png")
    assert picture.density == 1


def test_a_camera_held_sideways_gives_an_upright_picture(tmp_path: Path) -> None:
    image = Image.new("L", (300, 200), 250)
    image.paste(0, (0, 0, 300, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    (picture,) = pages(tmp_path / "a.jpg")
    assert picture.pixels.shape == (300, 200, 3) and int(picture.pixels[:, -5].max()) < 50


def test_every_page_of_a_fax_is_given(tmp_path: Path) -> None:
    sheets = [Image.new("1", (400, 300 + n), 1) for n in range(3)]
    sheets[0].save(tmp_path / "a.tif", save_all=True, append_images=sheets[1:], compression="group4")
    found = pages(tmp_path / "a.tif", 2)
    assert [(p.number, p.pixels.shape[0], int(p.pixels.min())) for p in found] == [
        (1, 300, 255),
        (2, 301, 255),
    ]


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(tmp_path / "a.png")
    (picture,) = pages(tmp_path / "a.png")
    assert int(picture.pixels.min()) == 255


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
def test_a_truncated_picture_is_said(name: str, tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / name)
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    assert refusal(tmp_path / name) == "picture-damaged"


def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    size = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    chunks = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", size), (b"IDAT", b""), (b"IEND", b""))
    )
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunks)
    assert refusal(tmp_path / "a.png") == "picture-too-large"


def test_pillows_own_limit_is_left_to_everybody_else(tmp_path: Path) -> None:
    limit = Image.MAX_IMAGE_PIXELS
    Image.new("L", (300, 200), 250).save(tmp_path / "a.png")
    for _ in file_to_pictures(tmp_path / "a.png", 9):
        assert Image.MAX_IMAGE_PIXELS == limit is not None
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert refusal(tmp_path / "b.png") == "picture-damaged"
    assert limit == Image.MAX_IMAGE_PIXELS


def test_a_picture_that_pillow_would_refuse_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("L", (300, 200), 250).save(tmp_path / "a.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert len(list(file_to_pictures(tmp_path / "a.png", 9))) == 1


def test_a_huge_jpeg_is_decoded_smaller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_MOST_COLOUR_PX", 400_000)
    monkeypatch.setattr(pictures, "LONGEST_SIDE_PX", 400)
    Image.new("L", (1600, 800), 250).save(tmp_path / "a.jpg", dpi=(200, 200))
    (picture,) = pages(tmp_path / "a.jpg")
    assert picture.pixels.shape == (400, 800, 3)
    assert 800 / picture.density == pytest.approx(1600 / 200 * 72)


def test_a_stamp_sized_picture_is_no_page(tmp_path: Path) -> None:
    Image.new("L", (100, 100), 250).save(tmp_path / "a.png")
    assert refusal(tmp_path / "a.png") == "picture-too-small"


def test_a_strip_is_no_page(tmp_path: Path) -> None:
    Image.new("1", (7000, 170), 1).save(tmp_path / "a.png")
    assert refusal(tmp_path / "a.png") == "picture-too-narrow"


def test_a_long_screenshot_is_a_page(tmp_path: Path) -> None:
    Image.new("L", (300, 6000), 250).save(tmp_path / "a.png")
    assert len(pages(tmp_path / "a.png")) == 1


@pytest.mark.parametrize(("progressive", "read"), [(False, True), (True, False)])
def test_a_progressive_jpeg_that_needs_too_much_memory_is_refused(
    progressive: bool, read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_MOST_PROGRESSIVE_PX", 400_000)
    Image.new("L", (1600, 800), 250).save(tmp_path / "a.jpg", progressive=progressive)
    assert (len(pages(tmp_path / "a.jpg")) == 1) is read
    if not read:
        assert refusal(tmp_path / "a.jpg") == "picture-too-large"


def test_a_page_that_is_refused_does_not_hide_the_others(tmp_path: Path) -> None:
    sizes = [(400, 300), (20, 20), (400, 302)]
    images = [Image.new("L", size, 250) for size in sizes]
    images[0].save(tmp_path / "a.tif", save_all=True, append_images=images[1:])
    found = list(file_to_pictures(tmp_path / "a.tif", 9))
    assert [isinstance(picture, PagePicture) for picture in found] == [True, False, True]
    assert [picture.number for picture in pages(tmp_path / "a.tif")] == [1, 3]


def test_more_pages_than_are_read_are_said(tmp_path: Path) -> None:
    images = [Image.new("L", (400, 300), 250) for _ in range(3)]
    images[0].save(tmp_path / "a.tif", save_all=True, append_images=images[1:])
    *_, last = file_to_pictures(tmp_path / "a.tif", 2)
    assert isinstance(last, Problem) and last.code == "picture-too-long"


def test_a_second_page_without_a_size_is_a_damaged_page_and_the_first_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    Image.new("L", (300, 200), 250).save(path)
    data = bytearray(path.read_bytes())
    first = int.from_bytes(data[4:8], "little")
    entries = int.from_bytes(data[first : first + 2], "little")
    following = first + 2 + 12 * entries
    data[following : following + 4] = len(data).to_bytes(4, "little")
    path.write_bytes(data + bytes(6))
    one, other = file_to_pictures(path, 9)
    assert isinstance(one, PagePicture)
    assert isinstance(other, Problem) and (other.code, other.page) == ("picture-damaged", 2)
