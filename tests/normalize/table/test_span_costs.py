"""What the candidate rows of a table cost: the entry that a row's texts name is the cheapest, however many rows are priced."""

from __future__ import annotations

import numpy as np
import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.catalogue import load_catalogue
from normalize.form.physical_rows import pieces_to_rows
from normalize.read.indicators.reader import indicator_model
from normalize.table import span_costs
from normalize.table.alignment import OFFSETS
from normalize.table.joined_rows import JoinedRows, row_to_spans
from normalize.table.span_costs import SpanCosts, SpanReading

MODEL = indicator_model(load_catalogue())
TEXT = """\
\t\t\t工作计划健全性\t工作计划制定明确，与部门职能和中长期规划相符\t计划标准\t基本型
\t\t\t预算调整率\t0\t预算支出标准\t基本型
\t\t\t预算调整率0\t\t预算支出标准\t基本型
"""
CODES = ("020102", "020204", "020204")


def spans() -> list[JoinedRows]:
    rows = pieces_to_rows(text_to_pieces(TEXT))
    return [next(row_to_spans(rows, n)) for n in range(len(rows))]


def cheapest(costs: SpanCosts, span: int) -> SpanReading:
    priced = costs.of(range(span, span + 1))[0]
    case, offset, state = np.unravel_index(int(np.argmin(priced)), priced.shape)
    return SpanReading(span, int(case), int(state), int(offset))


@pytest.mark.parametrize("span", range(len(CODES)))
def test_the_entry_that_a_row_names_is_the_cheapest(span: int) -> None:
    reading = cheapest(SpanCosts(MODEL, spans()), span)
    assert MODEL.states[reading.state].entry.code == CODES[span]


def test_rows_priced_apart_cost_what_they_cost_together(monkeypatch: pytest.MonkeyPatch) -> None:
    every = range(len(CODES))
    together = SpanCosts(MODEL, spans()).of(every)
    monkeypatch.setattr(span_costs, "_CHUNK", 2)
    apart = SpanCosts(MODEL, spans())
    assert np.allclose(apart.of(every), together)
    assert np.allclose(apart.of(range(2, 3)), together[2:])
    assert len(apart.of(range(2, 2))) == 0


def test_the_cells_of_a_reading_lie_in_the_columns_that_they_fit() -> None:
    costs = SpanCosts(MODEL, spans())
    readings = [cheapest(costs, span) for span in (1, 0)]
    for reading, found in zip(readings, costs.alignments(readings), strict=True):
        assert found == costs.alignments([reading])[0]
    assert [OFFSETS[reading.offset] for reading in readings] == [OFFSETS[readings[0].offset]] * 2


def test_a_glued_cell_falls_apart_into_name_and_value() -> None:
    costs = SpanCosts(MODEL, spans())
    reading = cheapest(costs, 2)
    columns = [column.key for column in MODEL.variants[MODEL.states[reading.state].variant].columns]
    assert costs.halves(reading, 3, columns.index("level3")) == ("预算调整率", "0")
