"""Word files from bits of markup."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from extract.office.word.reader import read_word
from models.document import Document, TextLine
from models.grid import Grid

SPACES = (
    nsdecls("w", "wp", "a", "r")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:odd="http://elsewhere/"'
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


def add_parts(path: Path, parts: dict[str, str], relations: str) -> None:
    """Add `parts` to the Word file at `path`, and `relations` to those of its main part."""
    with ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", f"{relations}</Relationships>".encode())
    with ZipFile(path, "w") as file:
        for name, data in {**members, **{name: text.encode() for name, text in parts.items()}}.items():
            file.writestr(name, data)


def read_with_header(folder: Path, header: str, body: str) -> Document:
    """The document with `body` as its content and `header` as its page header."""
    reference = '<w:sectPr><w:headerReference w:type="default" r:id="rIdH"/></w:sectPr>'
    read(folder, body + par("", reference))
    relation = '<Relationship Id="rIdH" Type="http://x/header" Target="header9.xml"/>'
    add_parts(folder / "form", {"word/header9.xml": f"<w:hdr {SPACES}>{header}</w:hdr>"}, relation)
    return read_word(folder / "form")


def codes(document: Document) -> list[str]:
    return [problem.code for problem in document.problems]


def grid(document: Document) -> Grid:
    (found,) = (piece for piece in document.pieces if isinstance(piece, Grid))
    return found


def texts(document: Document) -> list[str]:
    return [piece.text for piece in document.pieces if isinstance(piece, TextLine)]


def cell_text(folder: Path, content: str) -> str:
    return grid(read(folder, tbl(tr(tc(content))))).cells[0].text
