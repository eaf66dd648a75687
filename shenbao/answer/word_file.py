"""What memo and review sheet share as Word files: a page, its letters, a table, and bytes without the moment of making."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from shenbao.export.same_bytes import without_moment
from shenbao.text_gate import storable

_BODY, _HEAD = "宋体", "黑体"
_MARGIN_CM = 2.2
_PICTURE_CM = 5.6
"""The widest clipped picture: its column, less its margins."""
_CELL_PT = 2
"""Space above and below the text of a cell."""


class WordFile:
    """A document that is written from top to bottom; a text never is markup."""

    def __init__(self) -> None:
        self._document: Any = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(_MARGIN_CM))
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = "Times New Roman", Pt(11)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
        style.paragraph_format.space_after = Pt(3)

    def title(self, text: str) -> None:
        """A title in the middle of the line."""
        run = self._line(text, WD_ALIGN_PARAGRAPH.CENTER, 20)
        run.font.size = Pt(18)
        self._as_heading(run)

    def heading(self, text: str) -> None:
        """A heading above a table."""
        run = self._line(text, WD_ALIGN_PARAGRAPH.LEFT, 4)
        run.font.size = Pt(12)
        self._as_heading(run)

    def text(self, text: str, *, indented: bool = False) -> None:
        """A paragraph."""
        run = self._line(text, WD_ALIGN_PARAGRAPH.LEFT, 4)
        if indented:
            run._parent.paragraph_format.first_line_indent = Pt(22)

    def right(self, text: str) -> None:
        """A line at the right, for a signature."""
        self._line(text, WD_ALIGN_PARAGRAPH.RIGHT, 8)

    def table(
        self,
        titles: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths_cm: Sequence[float],
        pictures: Sequence[tuple[int, bytes] | None] = (),
    ) -> None:
        """A table with its titles on every page; a picture of a row is the column that it goes into, and a PNG."""
        table = self._document.add_table(rows=1 + len(rows), cols=len(titles), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths_cm, strict=True):
            column.width = Cm(width)
        for number, row in enumerate(table.rows):
            cells = row.cells
            for cell, text, width in zip(cells, (titles, *rows)[number], widths_cm, strict=True):
                cell.width = Cm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(
                    _CELL_PT
                )
                run = paragraph.add_run(storable(text))
                run.font.size = Pt(10)
                if number == 0:
                    self._as_heading(run)
            picture = pictures[number - 1] if number and number <= len(pictures) else None
            if picture is not None:
                cells[picture[0]].add_paragraph().add_run().add_picture(
                    BytesIO(picture[1]), width=Cm(_PICTURE_CM)
                )
        repeated = table.rows[0]._tr.get_or_add_trPr()
        repeated.append(repeated.makeelement(qn("w:tblHeader"), {}))

    def to_bytes(self) -> bytes:
        """The file; the same content is the same bytes."""
        made, file = BytesIO(), BytesIO()
        self._document.save(made)
        without_moment(made, file)
        return file.getvalue()

    def _line(self, text: str, alignment: Any, before_pt: float) -> Any:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = alignment
        paragraph.paragraph_format.space_before = Pt(before_pt)
        return paragraph.add_run(storable(text))

    @staticmethod
    def _picture(cell: Any, png: bytes) -> None:
        """The picture below the text, as large as it is on the page, and no wider than its column."""
        shape = cell.add_paragraph().add_run().add_picture(BytesIO(png))
        scale = min(1.0, Cm(_PICTURE_CM) / shape.width)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)

    @staticmethod
    def _as_heading(run: Any) -> None:
        run.bold = True
        run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _HEAD)
