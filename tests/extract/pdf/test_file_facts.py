"""Files that are more, or other, than their pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.pdf.reader import read_pdf
from models.document import Problem
from tests.drawn import objects_to_pdf


def problems(tmp_path: Path, catalog: bytes, *more: bytes) -> list[Problem]:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        *more,
    ]
    (tmp_path / "a.pdf").write_bytes(objects_to_pdf(objects))
    return list(read_pdf(tmp_path / "a.pdf").problems)


FILES = b"/Names<</EmbeddedFiles<</Names[(a)<</F(form.pdf)>>(b)<</UF(\xfe\xff\x86\x68.xlsx)>>]>>>>"


def test_a_portfolio_names_the_files_in_it(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, b"/Collection<<>>" + FILES)
    assert (found.code, found.severity) == ("pdf-portfolio", "error")
    assert "form.pdf" in found.message


def test_attachments_are_named(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, FILES)
    assert (found.code, found.severity) == ("pdf-attachments", "warning")
    assert "form.pdf" in found.message


@pytest.mark.parametrize(
    ("catalog", "severity"),
    [
        (b"/AcroForm<</Fields[]/XFA(x)>>/NeedsRendering true", "error"),
        (b"/AcroForm<</Fields[4 0 R]/XFA(x)>>", "warning"),
    ],
    ids=["dynamic", "with fields of its own"],
)
def test_an_xfa_form_is_said(catalog: bytes, severity: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, catalog, b"<</FT/Tx>>")
    assert (found.code, found.severity) == ("pdf-xfa", severity)


def test_a_plain_file_has_nothing_to_say(tmp_path: Path) -> None:
    assert problems(tmp_path, b"") == []
