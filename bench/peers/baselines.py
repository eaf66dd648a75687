"""Two readers that hardly read, so that a number means something."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from bench.peers.labels import label, text_of
from bench.peers.plain import BESIDE, SECTIONS, items
from bench.peers.reading import Json

LISTS = {
    "functions": ("functions",),
    "annual_tasks": ("annual_tasks",),
    "long_goals": ("long_term", "goals"),
    "annual_goals": ("annual", "goals"),
}


def nothing(path: Path) -> Json:
    """Every field null: what it gets right is what the form leaves blank."""
    return {}


def as_it_comes(path: Path) -> Json:
    """A file's text in its order: a field is the text after its exact label."""
    return texts_to_data(_texts(path))


def texts_to_data(texts: list[str]) -> Json:
    """Fields and lists whose label another text follows."""
    data: Json = {}
    for before, after in itertools.pairwise(texts):
        name = label(before)
        if name in BESIDE:
            data.setdefault(BESIDE[name], text_of(after))
        for step in LISTS.get(SECTIONS.get(name, ""), ())[:1]:
            path = LISTS[SECTIONS[name]]
            holder = data.setdefault(step, {}) if len(path) == 2 else data
            holder.setdefault(path[-1], items(after))
    return data


def _texts(path: Path) -> list[str]:
    """Cells of a Word or Excel file, words of anything else that has characters, in their order."""
    kind = path.suffix.lower()
    if kind in (".docx", ".xlsx"):
        from bench.peers.readers import sheet, word  # noqa: PLC0415

        reading = (word if kind == ".docx" else sheet).read(path)
        return [
            *reading.lines,
            *(cell.text for table in reading.tables for cell in table.cells if cell.text.strip()),
        ]
    if kind == ".pdf":
        import pdfplumber  # noqa: PLC0415

        with pdfplumber.open(path) as document:
            return [word for page in document.pages for word in (page.extract_text() or "").split()]
    return [text for text in re.split(r"[\t\n]+", path.read_text(encoding="utf-8-sig")) if text.strip()]
