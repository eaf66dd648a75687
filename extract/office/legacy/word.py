"""Word 97 to 2003 (.doc, also WPS's .wps) → the pieces of the .docx that `doc2docx` makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from doc2docx import convert
from doc2docx.diagnostics import ConversionReport, Severity
from doc2docx.errors import EncryptedDocumentError

from extract.files.kinds import Kind
from extract.files.refusals import ENCRYPTED, UnreadableError, blaming_file, damaged
from extract.office.word.reader import read_word
from models.document import Document, Problem

_LISTED_LOSSES = 5
"""A finding names this many kinds of losses; the rest it counts."""


def read_old_word(path: Path) -> Document:
    """The paragraphs and tables of an old Word file, with what its conversion lost as problems.

    A file that cannot be read gives no pieces and a problem. Raises `OSError` when the file cannot be opened.
    """
    with TemporaryDirectory(prefix="shenbao-") as folder:
        # the converter goes by the ending
        source, target = Path(folder, "form.doc"), Path(folder, "form.docx")
        source.write_bytes(path.read_bytes())
        try:
            with blaming_file("旧版 Word 内容无法读取", Exception):
                report = _convert(source, target)
        except UnreadableError as error:
            locked = isinstance(error.__cause__, EncryptedDocumentError)
            problem = ENCRYPTED if locked else damaged(str(error))
            return Document((), Kind.DOC.media_type, problems=(problem,))
        document = read_word(target)
    problems = (*document.problems, *_losses(report))
    return replace(document, media_type=Kind.DOC.media_type, problems=problems)


def _convert(source: Path, target: Path) -> ConversionReport:
    return convert(source, target).report


def _losses(report: ConversionReport) -> Iterator[Problem]:
    """What the converter says it left out: a warning where content was lost, a note where a form of it was mended."""
    for level, severity, what in (
        (Severity.ERROR, "warning", "内容未能转换"),
        (Severity.WARNING, "info", "格式未能完整转换"),
    ):
        found = [one for one in report.diagnostics if one.severity is level]
        if found:
            codes = dict.fromkeys(one.code for one in found)
            names = "、".join(list(codes)[:_LISTED_LOSSES])
            message = f"由旧版 Word 转换时有 {len(found)} 处{what}（{names}），请核对。"
            yield Problem("conversion-loss", message, "warning" if severity == "warning" else "info")
