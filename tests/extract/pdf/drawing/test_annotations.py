"""Form fields and notes: what viewers draw over a page is read like what is printed on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.reader import read_pdf
from models.document import Document
from tests.drawn import codes, objects_to_pdf
from tests.extract.pdf.forms import cells

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TABLE = b"50 620 m 50 700 l 250 620 m 250 700 l 450 620 m 450 700 l 50 700 m 450 700 l 50 660 m 450 660 l 50 620 m 450 620 l S"
RECT = b"/Rect[255 665 335 690]"


def form_of(text: bytes, *, white: bool = False) -> bytes:
    """An appearance that shows `text`, on a white ground if asked."""
    ground = b"1 g 0 0 80 25 re f 0 g " if white else b""
    content = ground + b"BT /F 10 Tf 4 8 Td (" + text + b") Tj ET"
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 80 25]/Resources<</Font<</F 4 0 R>>>>/Length %d>>" % len(
        content
    )
    return head + b"stream\n" + content + b"\nendstream"


def read(
    tmp_path: Path,
    annotation: bytes,
    appearance: bytes = b"null",
    *,
    printed: bytes = b"",
    catalog: bytes = b"",
) -> Document:
    """A ruled page with `printed` in its second cell, and one annotation (its appearance is object 7)."""
    content = TABLE + b" BT /F 10 Tf 60 675 Td (Total) Tj 200 0 Td (" + printed + b") Tj ET"
    page = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<<" + page + b"/Annots[6 0 R]>>",
        HELVETICA,
        b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream",
        b"<</Type/Annot" + RECT + annotation + b">>",
        appearance,
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    return read_pdf(tmp_path / "a.pdf")


FIELD = b"/Subtype/Widget/FT/Tx/F 4/V(3102.15)/DA(/F 10 Tf 0 g)"
NOTE = b"/Subtype/FreeText/F 4/Contents(3120.51)/DA(/F 10 Tf 0 g)"


def test_a_field_is_read_from_its_appearance(tmp_path: Path) -> None:
    document = read(tmp_path, FIELD + b"/AP<</N 7 0 R>>", form_of(b"3102.15"))
    assert cells(document) == ["Total", "3102.15", "", ""]
    assert [(problem.code, problem.severity) for problem in document.problems] == [
        ("page-form-fields", "info")
    ]


def test_a_field_without_appearance_is_read_from_its_value(tmp_path: Path) -> None:
    document = read(tmp_path, FIELD)
    assert cells(document) == ["Total", "3102.15", "", ""]


def test_a_field_s_value_may_stand_in_the_field_above_it(tmp_path: Path) -> None:
    document = read(tmp_path, b"/Subtype/Widget/Parent 7 0 R", b"<</FT/Tx/V(3102.15)/DA(/F 10 Tf)>>")
    assert cells(document) == ["Total", "3102.15", "", ""]


def test_a_field_that_shows_something_else_than_its_value_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, FIELD + b"/AP<</N 7 0 R>>", form_of(b"28"))
    assert cells(document)[1] == "28"
    assert codes(document) == ["page-form-fields", "field-differs"]
    assert document.problems[1].places


def test_a_viewer_that_renews_appearances_shows_the_value(tmp_path: Path) -> None:
    catalog = b"/AcroForm<</Fields[6 0 R]/NeedAppearances true>>"
    document = read(tmp_path, FIELD + b"/AP<</N 7 0 R>>", form_of(b"28"), catalog=catalog)
    assert cells(document)[1] == "3102.15"


@pytest.mark.parametrize("flags", [2, 32, 34])
def test_what_viewers_hide_is_not_read(flags: int, tmp_path: Path) -> None:
    hidden = FIELD.replace(b"/F 4", b"/F %d" % flags) + b"/AP<</N 7 0 R>>"
    assert cells(read(tmp_path, hidden, form_of(b"3102.15"))) == ["Total", "", "", ""]


def test_a_note_typed_into_an_empty_cell_is_its_text(tmp_path: Path) -> None:
    document = read(tmp_path, NOTE + b"/AP<</N 7 0 R>>", form_of(b"3120.51"))
    assert cells(document)[1] == "3120.51"
    assert [(problem.code, problem.severity) for problem in document.problems] == [("page-annotated", "info")]


def test_a_note_over_a_printed_value_is_what_a_person_sees_and_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, NOTE + b"/AP<</N 7 0 R>>", form_of(b"3120.51", white=True), printed=b"3102.15")
    assert cells(document)[1] == "3120.51"
    assert codes(document) == ["page-hidden-text", "page-annotated"]
    assert all(problem.severity == "warning" and problem.places for problem in document.problems)


def test_a_note_without_appearance_is_set_from_its_contents(tmp_path: Path) -> None:
    assert cells(read(tmp_path, NOTE))[1] == "3120.51"


def test_a_strike_out_keeps_a_value_that_nothing_replaces_and_is_told(tmp_path: Path) -> None:
    quad = b"/QuadPoints[260 685 300 685 260 672 300 672]"
    document = read(tmp_path, b"/Subtype/StrikeOut/F 4" + quad, printed=b"3102.15")
    assert cells(document)[1] == "3102.15"
    assert codes(document) == ["page-annotated", "text-struck"]
    assert all(problem.places for problem in document.problems)


def test_a_stamp_belongs_to_no_cell(tmp_path: Path) -> None:
    document = read(tmp_path, b"/Subtype/Stamp/F 4/AP<</N 7 0 R>>", form_of(b"RECEIVED"), printed=b"3102.15")
    assert cells(document)[1] == "3102.15"
    assert "page-annotated" in codes(document)


def test_a_signature_s_words_belong_to_no_cell(tmp_path: Path) -> None:
    signature = b"/Subtype/Widget/FT/Sig/T(s)/F 4/AP<</N 7 0 R>>"
    assert cells(read(tmp_path, signature, form_of(b"Signed by"), printed=b"3102.15"))[1] == "3102.15"


@pytest.mark.parametrize(
    "kind", [b"Square/IC[1 1 1]", b"Ink/InkList[[255 670 330 680]]", b"Line/L[255 670 330 670]"]
)
def test_what_viewers_draw_over_a_value_by_themselves_is_told(tmp_path: Path, kind: bytes) -> None:
    document = read(tmp_path, b"/F 4/Subtype/" + kind, printed=b"3102.15")
    assert ("page-annotated", "warning") in [(one.code, one.severity) for one in document.problems]


def test_a_field_whose_value_nobody_sees_is_told(tmp_path: Path) -> None:
    assert "field-differs" in codes(read(tmp_path, FIELD + b"/Ff 8192"))


def test_links_and_marked_words_change_nothing(tmp_path: Path) -> None:
    document = read(tmp_path, b"/Subtype/Highlight/F 4/AP<</N 7 0 R>>", form_of(b""), printed=b"3102.15")
    assert (cells(document)[1], document.problems) == ("3102.15", ())


def test_words_in_the_appearance_of_a_highlight_are_read_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, b"/Subtype/Highlight/F 4/AP<</N 7 0 R>>", form_of(b"3102.15"))
    assert cells(document) == ["Total", "3102.15", "", ""]
    assert codes(document) == ["page-annotated"]


def test_a_field_that_every_viewer_sets_anew_does_not_differ_from_its_value(tmp_path: Path) -> None:
    form = b"/AcroForm<</Fields[6 0 R]/NeedAppearances true>>"
    document = read(tmp_path, FIELD, catalog=form)
    assert (cells(document)[1], codes(document)) == ("3102.15", ["page-form-fields"])


def test_a_strike_out_goes_through_the_middle_of_its_quadrilateral(tmp_path: Path) -> None:
    high = b"/QuadPoints[260 715 300 715 260 702 300 702]"
    document = read(tmp_path, b"/Subtype/StrikeOut/F 4" + high, printed=b"3102.15")
    assert cells(document)[1] == "3102.15"
    assert "text-struck" not in codes(document)


def test_a_value_that_is_marked_to_be_taken_out_is_read_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, b"/Subtype/Redact/F 4", printed=b"3102.15")
    assert (cells(document)[1], codes(document)) == ("3102.15", ["page-annotated"])
