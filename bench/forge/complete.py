"""Whether a print holds every character of its sheet: LibreOffice loses lines of rows that break beside merged cells."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pypdfium2

from bench.forge.sheet import Sheet
from normalize.text.fold import fold


def lost_characters(sheet: Sheet, print_: Path) -> Counter[str]:
    """The characters of `sheet` that the PDF file `print_` shows fewer times, and how often they are missing."""
    wanted = Counter(_characters("".join(cell.text for table in sheet.tables for cell in table.cells)))
    document = pypdfium2.PdfDocument(print_)
    try:
        shown = Counter(_characters("".join(page.get_textpage().get_text_range() for page in document)))
    finally:
        document.close()
    return wanted - shown


def _characters(text: str) -> str:
    """The text's letters and digits, folded one by one: printers write some as radicals."""
    return "".join(folded for char in text if (folded := fold(char)).isalnum())
