"""A sheet → a Word file, as a clerk fills in the form's template."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from bench.forge.archive import MADE, write_timeless
from bench.forge.sheet import Sheet, SheetCell, Table, Typography

MARGIN = 13
"""Millimetres to the left and right of the tables."""
TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""


def write_docx(sheet: Sheet, path: Path) -> None:
    """Write the sheet; the same sheet gives the same bytes."""
    document = Document()
    _set_page(document, sheet.type)
    _set_type(document, sheet.type)
    document.add_paragraph(sheet.attachment)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(sheet.title).font.size = Pt(sheet.type.title_size)
    document.add_paragraph(f"{sheet.day}{'　' * 20}{sheet.money_unit}")
    for n, table in enumerate(sheet.tables):
        if n:
            document.add_paragraph()  # two tables that touch are one to a word processor
        document.element.body.insert(-1, parse_xml(_table(table, sheet)))
    properties = document.core_properties
    properties.created = properties.modified = MADE
    stream = io.BytesIO()
    document.save(stream)
    write_timeless(stream.getvalue(), path)


def _set_page(document: DocumentType, type_: Typography) -> None:
    section = document.sections[0]
    width, height = (297, 210) if type_.landscape else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if type_.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(16)
    if type_.page_number:
        footer = section.footer.paragraphs[0]
        footer._p.getparent().replace(footer._p, parse_xml(_page_number(type_.page_number)))


def _set_type(document: DocumentType, type_: Typography) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = type_.families[0], Pt(type_.size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), type_.families[0])
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.0


def _page_number(template: str) -> str:
    """A centred paragraph with fields for {page} and {pages}."""
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    runs = "".join(
        f'<w:fldSimple w:instr="{fields[part]}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if part in fields
        else f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in re.split(r"(\{\w+\})", template)
        if part
    )
    return f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>'


def _table(table: Table, sheet: Sheet) -> str:
    across = (297 if sheet.type.landscape else 210) - 2 * MARGIN
    twips = [round(across * TWIPS * width / sheet.units) for width in sheet.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    padding = round(sheet.type.padding * 20)
    rows = "".join(_row(table, r, cells, twips, sheet.type) for r, cells in enumerate(_with_covered(table)))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/>'
        f'<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _with_covered(table: Table) -> list[list[SheetCell]]:
    """The cells that stand in each row from left to right, those from rows above among them."""
    rows: list[list[SheetCell]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        for r in range(cell.row, cell.row + cell.row_span):
            rows[r].append(cell)
    return [sorted(cells, key=lambda cell: cell.column) for cells in rows]


def _row(table: Table, r: int, cells: list[SheetCell], twips: list[int], type_: Typography) -> str:
    properties = "" if type_.breakable else "<w:cantSplit/>"
    properties += "<w:tblHeader/>" * (r < table.header_rows)
    return (
        f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(_cell(cell, r, twips, type_) for cell in cells)}</w:tr>"
    )


def _cell(cell: SheetCell, r: int, twips: list[int], type_: Typography) -> str:
    width = sum(twips[cell.column : cell.column + cell.column_span])
    merge = ""
    if cell.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if r == cell.row else "<w:vMerge/>"
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' * (cell.column_span > 1)
    lines = cell.text.split("\n") if r == cell.row else [""]
    paragraphs = "".join(_paragraph(line, cell, type_) for line in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{width}"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs}</w:tc>"
    )


def _paragraph(text: str, cell: SheetCell, type_: Typography) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" * (cell.label and type_.bold_labels)
    run = f'<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' * bool(text)
    return f'<w:p><w:pPr><w:jc w:val="{cell.align}"/></w:pPr>{run}</w:p>'
