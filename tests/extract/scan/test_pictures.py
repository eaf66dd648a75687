"""Picture files and PDF pages as pictures: their size on paper, and what is refused."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extract.scan import pictures
from extract.scan.page_picture import PictureError
from extract.scan.pictures import file_to_pictures


def refusal(path: Path) -> str:
    with pytest.raises(PictureError) as caught:
        list(file_to_pictures(path, 9))
    return caught.value.problem.code


def test_a_scan_knows_its_size_on_paper(tmp_path: Path) -> None:
    Image.new("L", (1654, 2339), 250).save(tmp_path / "a.png", dpi=(200, 200))
    (picture,) = file_to_pictures(tmp_path / "a.png", 9)
    assert picture.pixels.shape == (2339, 1654, 3)
    assert 2339 / picture.density == pytest.approx(842, abs=1)


def test_a_dense_scan_is_made_smaller_and_keeps_its_size_on_paper(tmp_path: Path) -> None:
    Image.new("L", (2480, 3508), 250).save(tmp_path / "a.png", dpi=(300, 300))
    (picture,) = file_to_pictures(tmp_path / "a.png", 9)
    high = picture.pixels.shape[0]
    assert high == 2339 and high / picture.density == pytest.approx(842, abs=1)


def test_a_picture_without_resolution_has_a_pixel_a_point(tmp_path: Path) -> None:
    Image.new("L", (300, 200), 250).save(tmp_path / "a.png")
    (picture,) = file_to_pictures(tmp_path / "a.png", 9)
    assert picture.density == 1


def test_a_camera_held_sideways_gives_an_upright_picture(tmp_path: Path) -> None:
    image = Image.new("L", (300, 200), 250)
    image.paste(0, (0, 0, 300, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    (picture,) = file_to_pictures(tmp_path / "a.jpg", 9)
    assert picture.pixels.shape == (300, 200, 3) and int(picture.pixels[:, -5].max()) < 50


def test_every_page_of_a_fax_is_given(tmp_path: Path) -> None:
    pages = [Image.new("1", (400, 300 + n), 1) for n in range(3)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], compression="group4")
    found = list(file_to_pictures(tmp_path / "a.tif", 2))
    assert [(p.number, p.pixels.shape[0], int(p.pixels.min())) for p in found] == [
        (1, 300, 255),
        (2, 301, 255),
    ]


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(tmp_path / "a.png")
    (picture,) = file_to_pictures(tmp_path / "a.png", 9)
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
    monkeypatch.setattr(pictures, "_MOST_PX", 400_000)
    monkeypatch.setattr(pictures, "LONGEST_SIDE_PX", 400)
    Image.new("L", (1600, 800), 250).save(tmp_path / "a.jpg", dpi=(200, 200))
    (picture,) = file_to_pictures(tmp_path / "a.jpg", 9)
    assert picture.pixels.shape == (400, 800, 3)
    assert 800 / picture.density == pytest.approx(1600 / 200 * 72)


def test_a_stamp_sized_picture_is_no_page(tmp_path: Path) -> None:
    Image.new("L", (100, 100), 250).save(tmp_path / "a.png")
    assert refusal(tmp_path / "a.png") == "picture-too-small"
