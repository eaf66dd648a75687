"""Rows of indicator tables as text, decoded."""

from __future__ import annotations

from dataclasses import replace

from extract.transcripts.markup import text_to_pieces
from normalize.form.catalogue import load_catalogue
from normalize.form.physical_rows import RowSlot, pieces_to_rows
from normalize.notes.notes import Read
from normalize.read.indicators.reader import Indicators, decoded_to_indicators, indicator_model
from normalize.table.decoder import decode
from normalize.table.logical_rows import Decoded
from tests.pictured import line

CATALOGUE = load_catalogue()
MODEL = indicator_model(CATALOGUE)
LONG = """\
长期绩效指标\t管理效率\t战略管理\t中长期规划相符性\t与政府战略匹配、与部门职能相符\t计划标准\t基本型
\t\t\t工作计划健全性\t工作计划制定明确，与部门职能和中长期规划相符\t计划标准\t基本型
\t履职效能\t核心业务产出1\t县乡道改造里程\t≥30公里\t计划标准\t约束型
\t\t核心业务产出2\t查处超限车辆\t≥800件/年\t历史标准\t约束型
"""
ANNUAL = """\
年度绩效指标\t管理效率\t战略管理\t中长期规划相符性\t与政府战略匹配、与部门职能相符\t与政府战略匹配、与部门职能相符\t与政府战略匹配、与部门职能相符\t计划标准\t基本型
\t\t\t工作计划健全性\t工作计划制定明确，与部门职能和中长期规划相符\t工作计划制定明确，与部门职能和中长期规划相符\t工作计划制定明确，与部门职能和中长期规划相符\t计划标准\t基本型
\t履职效能\t核心业务产出1\t县乡道改造里程\t26公里\t28公里\t≥30公里\t计划标准\t约束型
\t\t核心业务产出2\t查处超限车辆\t760件/年\t790件/年\t≥800件/年\t历史标准\t约束型
"""


def decoded(text: str) -> Decoded:
    return decode(MODEL, pieces_to_rows(text_to_pieces(text)))


def indicators(text: str) -> Read[Indicators]:
    return decoded_to_indicators(decoded(text), CATALOGUE)


def scanned(text: str) -> Read[Indicators]:
    """The same read from a picture that shows every character clearly."""
    rows = [
        replace(row, slots=tuple(seen(slot) if slot.text else slot for slot in row.slots))
        for row in pieces_to_rows(text_to_pieces(text))
    ]
    return decoded_to_indicators(decode(MODEL, rows), CATALOGUE)


def seen(slot: RowSlot) -> RowSlot:
    """The cell as a recogniser saw it."""
    return replace(slot, posteriors=line(slot.text), confidence=0.99)


def inferred(text: str) -> Read[Indicators]:
    """The same read from a file's own characters around which nothing is drawn: where every cell stands is a guess."""
    rows = [
        replace(
            row,
            reader="text-layer",
            slots=tuple(replace(slot, placed=False, exact=True, reader="text-layer") for slot in row.slots),
        )
        for row in pieces_to_rows(text_to_pieces(text))
    ]
    return decoded_to_indicators(decode(MODEL, rows), CATALOGUE)
