"""Kinds of files, as far as readers differ on them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

Kind = Literal["text", "docx", "xlsx", "pdf", "scan", "picture"]
SUFFIXES: dict[str, Kind] = {
    **dict.fromkeys((".md", ".txt", ".tsv", ".html"), "text"),
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "picture"),
}
LEAST = 20
"""Characters: a page with fewer has no text layer worth the name."""


def path_to_kind(path: Path) -> Kind | None:
    """The kind of a file, `None` for one that is no submission; a PDF file without a text layer is a scan."""
    kind = SUFFIXES.get(path.suffix.lower())
    return "scan" if kind == "pdf" and _first_page_length(path) < LEAST else kind


def page_count(path: Path) -> int:
    """Pages of a PDF file; any other file counts as one."""
    import pypdfium2  # noqa: PLC0415

    if path.suffix.lower() != ".pdf":
        return 1
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


def _first_page_length(path: Path) -> int:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document[0].get_textpage().get_text_bounded())
    finally:
        document.close()
