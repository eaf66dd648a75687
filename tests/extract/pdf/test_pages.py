"""Which errors of reading a page are the file's, which are the machine's, which are ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pdfminer.pdfinterp import PDFPageInterpreter

from bench.tables import draw, lines
from extract.page.tables import PageTables
from extract.pdf import print_reading
from extract.pdf.pages import PdfError, file_to_pages, library_call
from extract.pdf.reader import read_pdf
from models.document import TextLine
from models.page import Page
from tests.drawn import canvas_at, codes, grids, objects_to_pdf, small_table


@pytest.fixture
def three_pages(tmp_path: Path) -> Path:
    canvas = canvas_at(tmp_path / "a.pdf")
    for seed in (1, 2, 3):
        draw(canvas, small_table(seed), lines)
    canvas.save()
    return tmp_path / "a.pdf"


def test_pages_come_one_after_the_other_up_to_a_limit(three_pages: Path) -> None:
    assert [page.number for page in file_to_pages(three_pages, 2)] == [1, 2]


def test_a_defect_of_ours_is_raised_after_all_pages_were_read(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def page_to_tables(page: Page) -> PageTables:
        read.append(page.number)
        raise ZeroDivisionError

    monkeypatch.setattr(print_reading, "page_to_tables", page_to_tables)
    with pytest.raises(ExceptionGroup) as raised:
        read_pdf(three_pages)
    assert read == [1, 2, 3]
    assert [error.__notes__ for error in raised.value.exceptions] == [[f"on page {n}"] for n in read]


def test_what_the_library_raises_for_a_page_is_that_page_s_damage(
    three_pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PDFPageInterpreter.render_contents
    seen: list[object] = []

    def second_is_broken(self: PDFPageInterpreter, *args: Any, **options: Any) -> None:
        seen.append(self)
        if len(seen) == 2:
            raise KeyError("stream")
        whole(self, *args, **options)

    monkeypatch.setattr(PDFPageInterpreter, "render_contents", second_is_broken)
    document = read_pdf(three_pages)
    assert [(problem.code, problem.page) for problem in document.problems] == [("pdf-damaged", 2)]
    assert [grid.edges[0][0] for grid in grids(document)] == [1, 3]


@pytest.mark.parametrize("error", [MemoryError, OSError])
def test_what_the_machine_lacks_is_not_the_file_s_fault(error: type[Exception]) -> None:
    with pytest.raises(error), library_call():
        raise error


def test_nesting_too_deep_is_not_called_damage(three_pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deep(*args: object, **options: object) -> None:
        raise RecursionError

    monkeypatch.setattr(PDFPageInterpreter, "render_contents", deep)
    assert codes(read_pdf(three_pages)) == ["pdf-too-deep"] * 3


def test_the_library_s_errors_keep_their_cause() -> None:
    with pytest.raises(PdfError) as raised, library_call():
        raise KeyError("Root")
    assert isinstance(raised.value.__cause__, KeyError)


def pages_of(tmp_path: Path, kids: bytes, *, shift: int = 0) -> list[tuple[int, bool]]:
    """Each page's number, and whether the file has it; its table of objects points `shift` bytes beside them."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    data = objects_to_pdf(objects)
    if shift:
        head, _, table = data.rpartition(b"xref\n0 5\n")
        moved = [
            b"%010d%b" % (int(line[:10]) + shift, line[10:]) if line.endswith(b" n ") else line
            for line in table.split(b"\n")
        ]
        data = head + b"xref\n0 5\n" + b"\n".join(moved)
    (tmp_path / "a.pdf").write_bytes(data)
    return [(raw.number, raw.source is not None) for raw in file_to_pages(tmp_path / "a.pdf", 10)]


def test_a_page_that_the_file_lacks_does_not_end_the_file(tmp_path: Path) -> None:
    assert pages_of(tmp_path, b"3 0 R 9 0 R 4 0 R") == [(1, True), (2, False), (3, True)]


def test_a_page_named_twice_in_the_tree_is_one_page(tmp_path: Path) -> None:
    assert pages_of(tmp_path, b"3 0 R 3 0 R 2 0 R 4 0 R") == [(1, True), (2, True)]


def test_a_table_of_objects_that_points_beside_them_is_made_anew(tmp_path: Path) -> None:
    assert pages_of(tmp_path, b"3 0 R 4 0 R", shift=7) == [(1, True), (2, True)]


def test_a_file_whose_table_of_packed_objects_is_lost_is_mended_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(packed_pdf(start=99))
    document = read_pdf(path)
    assert [piece.text for piece in document.pieces if isinstance(piece, TextLine)] == ["Total"]
    assert codes(document) == ["pdf-damaged"]


def packed_pdf(start: int) -> bytes:
    """A page with a word; its catalog and page tree are packed, and its table is said to begin at `start`."""
    content = b"BT /F 10 Tf 60 700 Td (Total) Tj ET"
    packed = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    head = b"1 0 2 %d " % (len(packed[0]) + 1)
    pack = head + b" ".join(packed)
    resources = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    bodies = {
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + resources + b">>",
        4: b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        5: b"<</Type/ObjStm/N 2/First %d/Length %d>>stream\n%b\nendstream" % (len(head), len(pack), pack),
    }
    data, places = b"%PDF-1.5\n", {}
    for number, body in bodies.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows = [(0, 0, 0), (2, 5, 0), (2, 5, 1), *((1, places[n], 0) for n in bodies), (1, len(data), 0)]
    table = b"".join(bytes((kind, *at.to_bytes(2, "big"), index)) for kind, at, index in rows)
    entries = b"/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d" % len(table)
    data += b"6 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (entries, table)
    return data + b"startxref\n%d\n%%%%EOF\n" % start
