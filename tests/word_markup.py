"""Word files from bits of markup."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extract.office.word.reader import read_word
from models.document import Document, TextLine
from models.grid import Grid

SPACES = (
    nsdecls("w", "wp", "a", "r")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
ABSTRACT = '<w:abstractNum {0} w:abstractNumId="90">{1}</w:abstractNum>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if '<' in content else par(run(content))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def read(folder: Path, body: str, levels: str = "", nums: str = "") -> Document:
    """The document with `body` as its content and one list, number 90, with `levels`."""
    document = docx.Document()
    parent = document.element.body
    for element in parse_xml(f"<w:body {SPACES}>{body}</w:body>"):
        parent.insert(len(parent) - 1, element)
    if levels:
        numbering = document.part.numbering_part.element
        numbering.insert(0, parse_xml(ABSTRACT.format(nsdecls("w"), levels)))
        nums = f'<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>{nums}'
        numbering.extend(parse_xml(f"<w:numbering {nsdecls('w')}>{nums}</w:numbering>"))
    path = folder / "form"
    document.save(str(path))
    return read_word(path)


def grid(document: Document) -> Grid:
    (found,) = (piece for piece in document.pieces if isinstance(piece, Grid))
    return found


def texts(document: Document) -> list[str]:
    return [piece.text for piece in document.pieces if isinstance(piece, TextLine)]


def cell_text(folder: Path, content: str) -> str:
    return grid(read(folder, tbl(tr(tc(content))))).cells[0].text
