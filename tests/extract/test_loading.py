"""What an import loads: each in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.tables import FONT
from tests.drawn import canvas_at


def loaded(code: str) -> set[str]:
    """The modules that a fresh process has after `code`."""
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_a_reader_of_pictures_loads_no_reader_of_pdf() -> None:
    assert not {"pdfminer", "pdfplumber", "extract.pdf"} & loaded("import extract.scan.reader")


def test_a_pdf_with_text_is_read_without_opencv(tmp_path: Path) -> None:
    canvas = canvas_at(tmp_path / "a.pdf")
    canvas.setFont(FONT, 10)
    canvas.drawString(60, 600, "项目名称")
    canvas.save()
    code = f"""
from pathlib import Path
from extract.files.kinds import Kind
from shenbao.readers import Settings, read_document
assert read_document(Path({str(tmp_path / "a.pdf")!r}), Kind.PDF, Settings()).pieces"""
    assert not {"cv2", "onnxruntime", "extract.scan"} & loaded(code)


@pytest.mark.parametrize("module", ["extract.pdf.reader", "extract.unruled.reader", "extract.scan.reader"])
def test_an_import_leaves_other_libraries_logging_alone(module: str) -> None:
    code = f"""
import logging
logging.getLogger("pdfminer").setLevel(logging.DEBUG)
import {module}
assert logging.getLogger("pdfminer").level == logging.DEBUG"""
    assert module in loaded(code)
