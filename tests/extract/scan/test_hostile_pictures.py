"""Pictures that are no forms, broken ones, and a recogniser that breaks: a clear word, and the rest is read."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

import shenbao.readers
from bench.forge.pictures import stream
from extract.files.kinds import Kind
from extract.ocr.engine import Engine, Guarded
from extract.scan import pictures
from extract.scan.page_picture import PagePicture
from extract.scan.pictures import file_to_pictures
from extract.scan.pixels.ink import Pixels
from models.grid import Grid
from models.submission import Submission
from shenbao.file_task import FileTask
from shenbao.pipeline import read_submission
from shenbao.readers import Settings
from shenbao.reading import read_file
from shenbao.show.jobs import ShowFailure, ShowTask, show_cells
from tests.drawn import canvas_at, objects_to_pdf
from tests.engines import CrashingEngine
from tests.places import ROOT
from tests.scans import DENSITY, CountingEngine, form

SIZE = (900 / DENSITY, 700 / DENSITY)
OFFLINE = """
import sys
def forbid(event, arguments):
    if event.startswith("socket."):
        raise SystemExit(f"{event} {arguments}")
sys.addaudithook(forbid)
from pathlib import Path
from extract.files.kinds import Kind
from shenbao.readers import Settings, read_document
pieces = read_document(Path(sys.argv[1]), Kind.PNG, Settings()).pieces
print({cell.text for cell in pieces[0].cells})
"""


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are read by a recogniser that counts characters."""
    use(monkeypatch, CountingEngine())


def use(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    monkeypatch.setattr(shenbao.readers, "recogniser", lambda: Guarded(engine))


def read(path: Path) -> Submission:
    return read_submission(path, Settings())


def codes(path: Path) -> tuple[str, list[str]]:
    result = read(path)
    return result.status, [finding.code for finding in result.findings]


def grids(path: Path) -> list[tuple[int | None, int, int]]:
    document = shenbao.readers.read_document(path, kind_of(path), Settings())
    return [(p.cells[0].place.page, p.rows, p.columns) for p in document.pieces if isinstance(p, Grid)]


def kind_of(path: Path) -> Kind:
    return {".pdf": Kind.PDF, ".tif": Kind.TIFF}[path.suffix]


def saved(path: Path, page: Pixels) -> Path:
    Image.fromarray(np.ascontiguousarray(page[:, :, ::-1])).save(path, dpi=(200, 200))
    return path


def cat() -> Pixels:
    """A head with ears, eyes and whiskers in the noise of a camera."""
    page = np.full((600, 800, 3), (90, 120, 150), np.uint8)
    cv2.ellipse(page, (400, 350), (210, 180), 0, 0, 360, (60, 80, 110), -1)
    for side in (-1, 1):
        ear = [(400 + side * 190, 280), (400 + side * 165, 100), (400 + side * 55, 190)]
        cv2.fillConvexPoly(page, np.array(ear), (50, 70, 100))
        cv2.ellipse(page, (400 + side * 80, 300), (30, 40), 0, 0, 360, (80, 200, 220), -1)
        for end in (370, 400, 430):
            cv2.line(page, (400 + side * 30, 400), (400 + side * 230, end), (230, 230, 230), 2)
    noise = np.random.default_rng(1).normal(0, 12, page.shape)
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def test_a_cat_is_no_form(tmp_path: Path) -> None:
    assert codes(saved(tmp_path / "a.jpg", cat())) == ("rejected", ["page-no-table", "form-unknown"])


def test_a_blank_scan_is_blank(tmp_path: Path) -> None:
    paper = np.random.default_rng(1).normal(247, 4, (700, 900, 3)).clip(0, 255).astype(np.uint8)
    assert codes(saved(tmp_path / "a.jpg", paper)) == ("rejected", ["page-blank", "form-unknown"])


def test_a_large_picture_is_made_smaller_before_its_colours_are_unfolded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MOST_WHOLE_PX", 400_000)
    monkeypatch.setattr(pictures, "_AMPLE_SIDE_PX", 400)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("1", (1800, 900), 1).save(tmp_path / "a.tif", dpi=(400, 400), exif=exif)
    (picture,) = file_to_pictures(tmp_path / "a.tif", 9)
    assert isinstance(picture, PagePicture)
    assert picture.pixels.shape == (450, 225, 3)
    assert 450 / picture.density == pytest.approx(1800 / 400 * 72)


def jpeg(page: Pixels) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(page[:, :, ::-1])).save(stream, "jpeg")
    return stream.getvalue()


def jpegs_to_pdf(jpegs: list[bytes], path: Path) -> Path:
    """A file of pages that are one picture of 900 × 700 pixels each, the bytes as given."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(jpegs)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(jpegs)}/MediaBox[0 0 {SIZE[0]} {SIZE[1]}]>>".encode(),
    ]
    for n, data in enumerate(jpegs):
        own = f"/Resources<</XObject<</I {4 + 3 * n} 0 R>>>>/Contents {5 + 3 * n} 0 R"
        entries = "/Type/XObject/Subtype/Image/Width 900/Height 700/ColorSpace/DeviceRGB/BitsPerComponent 8"
        objects += [
            f"<</Type/Page/Parent 2 0 R{own}>>".encode(),
            stream(f"{entries}/Filter/DCTDecode", data),
            stream("", f"{SIZE[0]} 0 0 {SIZE[1]} 0 0 cm /I Do".encode()),
        ]
    path.write_bytes(objects_to_pdf(objects))
    return path


@pytest.mark.parametrize("kept", [0.6, 0.001])
def test_a_jpeg_cut_short_is_damaged_and_the_other_pages_of_its_file_are_read(
    kept: float, tmp_path: Path
) -> None:
    whole = jpeg(form())
    path = jpegs_to_pdf([whole[: int(kept * len(whole))], whole], tmp_path / "a.pdf")
    assert codes(path) == ("rejected", ["picture-damaged", "form-unknown"])
    assert grids(path) == [(2, 5, 3)]


def test_every_page_of_a_one_bit_fax_is_read(tmp_path: Path) -> None:
    fax = Image.fromarray(form()[:, :, 0]).convert("1", dither=Image.Dither.NONE)
    more = [fax.rotate(180), fax]
    fax.save(tmp_path / "a.tif", save_all=True, append_images=more, compression="group4", dpi=(200, 200))
    assert grids(tmp_path / "a.tif") == [(1, 5, 3), (2, 5, 3), (3, 5, 3)]


def test_a_recogniser_that_breaks_does_not_stop_the_others_and_blames_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, CrashingEngine())
    canvas = canvas_at(tmp_path / "a.pdf", SIZE)
    canvas.drawImage(ImageReader(io.BytesIO(jpeg(form()))), 0, 0, *SIZE)
    canvas.save()
    saved(tmp_path / "b.png", form())
    (tmp_path / "c.md").write_text("今天天气很好", "utf-8")
    names = ("a.pdf", "b.png", "c.md")
    outcomes = [read_file(FileTask(tmp_path / name, name, name, Settings())) for name in names]
    assert [outcome.code for outcome in outcomes] == [69, 69, 2]
    assert outcomes[0].line.startswith("not read  a.pdf: 文字识别引擎出错（RuntimeError: bad allocation）")


def test_the_tables_of_a_scan_without_a_recogniser_are_exit_code_69(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, CrashingEngine())
    failure = show_cells(ShowTask(saved(tmp_path / "a.png", form()), Settings(), "json"))
    assert isinstance(failure, ShowFailure)
    assert (failure.code, "文字识别引擎出错" in failure.message) == (69, True)


def test_a_scan_is_read_without_a_socket(tmp_path: Path) -> None:
    page = np.full((400, 700, 3), 250, np.uint8)
    for x in (40, 340, 660):
        cv2.line(page, (x, 60), (x, 340), (0, 0, 0), 2)
    for n, y in enumerate((60, 130, 200, 270, 340)):
        cv2.line(page, (40, y), (660, y), (0, 0, 0), 2)
        if n:
            for x in (60, 360):
                cv2.putText(page, "1932.41", (x, y - 20), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (0, 0, 0), 2)
    path = saved(tmp_path / "a.png", page)
    command = [sys.executable, "-W", "ignore", "-c", OFFLINE, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (run.stdout.strip(), run.returncode) == ("{'1932.41'}", 0), run.stderr
