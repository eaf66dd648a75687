"""Cells that have moved find their columns, split rows come together, and no cell is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.transcripts.markup import text_to_pieces
from models.grid import Place
from normalize.form.catalogue import load_catalogue
from normalize.form.physical_rows import Row, RowSlot, pieces_to_rows
from normalize.read.indicators.placed import IndicatorRow
from normalize.read.indicators.reader import indicator_model
from normalize.table.decoder import decode
from normalize.table.logical_rows import Decoded, Hint, LogicalRow

MODEL = indicator_model(load_catalogue())
LONG = """\
\t管理效率\t战略管理\t中长期规划相符性\t与政府战略匹配、与部门职能相符\t计划标准\t基本型
\t\t\t工作计划健全性\t工作计划制定明确，与部门职能和中长期规划相符\t计划标准\t基本型
\t\t预算编制\t预算编制科学性\t基本信息内容真实、完整、准确\t计划标准\t基本型
\t\t\t预算编制合理性\t重点项目预算有保障，项目之间不存在交叉重复\t计划标准\t基本型
\t\t\t立项规范性\t设立依据充分，按规定程序设立\t计划标准\t基本型
\t\t\t预算调整率\t0\t预算支出标准\t基本型
""".splitlines()
ANNUAL = """\
年度绩效指标\t运行成本\t公用经费控制\t公用经费控制率\t97%\t98%\t99%\t预算支出标准\t基本型
\t\t在职人员控制\t在职人员控制率\t93.59%\t91.03%\t92.31%\t预算支出标准\t基本型
\t\t项目支出成本控制\t会议费控制率\t88%\t89%\t90%\t预算支出标准\t基本型
""".splitlines()
Fields = dict[str, str]


def rows(lines: list[str]) -> tuple[Row, ...]:
    return pieces_to_rows(text_to_pieces("\n".join(lines) + "\n"))


def read(lines: list[str]) -> Decoded:
    return decode(MODEL, rows(lines))


def fields(row: LogicalRow) -> Fields:
    return {name: piece.text for name, piece in row.fields.items()}


def codes(decoded: Decoded) -> list[str]:
    return [row.state.entry.code for row in decoded.rows]


def changed(lines: list[str], number: int, *instead: str) -> list[str]:
    return [*lines[:number], *instead, *lines[number + 1 :]]


EXPECTED = [fields(row) for row in read(LONG).rows]


def test_an_undamaged_table() -> None:
    assert codes(read(LONG)) == ["020101", "020102", "020201", "020202", "020203", "020204"]
    assert EXPECTED[1] == {
        "level3": "工作计划健全性",
        "target": "工作计划制定明确，与部门职能和中长期规划相符",
        "basis": "计划标准",
        "category": "基本型",
    }


def test_an_empty_table_has_no_rows() -> None:
    assert decode(MODEL, ()) == Decoded((), (), 0.0)


@pytest.mark.parametrize("number", range(1, len(LONG)))
def test_a_row_one_column_too_far_left(number: int) -> None:
    shifted = changed(LONG, number, LONG[number].removeprefix("\t"))
    assert [fields(row) for row in read(shifted).rows] == EXPECTED


@pytest.mark.parametrize("number", range(len(LONG)))
@pytest.mark.parametrize("blanks", [1, 2])
def test_a_row_too_far_right(number: int, blanks: int) -> None:
    shifted = changed(LONG, number, "\t" * blanks + LONG[number])
    assert [fields(row) for row in read(shifted).rows] == EXPECTED


def test_a_whole_table_without_its_first_column() -> None:
    assert [fields(row) for row in read([line[1:] for line in LONG]).rows] == EXPECTED


HEAD, TAIL = "\t\t\t预算编制合理性\t", "\t计划标准\t基本型"


@pytest.mark.parametrize(
    "pieces",
    [
        (HEAD + "重点项目预算有保障，项目之" + TAIL, "\t\t\t\t间不存在交叉重复\t\t"),
        (HEAD + "重点项目预算有保障，" + TAIL, "\t\t\t\t项目之间不存\t\t", "\t\t\t\t在交叉重复\t\t"),
        (HEAD + "重点项目预算有保障，项目之" + TAIL, "", "\t\t\t\t间不存在交叉重复\t\t"),
        ("\t\t\t预算编制\t重点项目预算有保障，" + TAIL, "\t\t\t合理性\t项目之间不存在交叉重复\t\t"),
    ],
    ids=["in two", "in three", "at a page's end", "in two cells"],
)
def test_a_split_row_is_joined(pieces: tuple[str, ...]) -> None:
    decoded = read(changed(LONG, 3, *pieces))
    assert [fields(row) for row in decoded.rows] == EXPECTED
    assert len(decoded.rows[3].rows) == sum(map(bool, pieces))


def test_a_page_break_and_a_row_of_dots_change_nothing() -> None:
    assert [fields(r) for r in read([*LONG[:3], "\t\t\t.....\t\t\t", "", *LONG[3:]]).rows] == EXPECTED


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (3, HEAD + "重点项目预算有保障，项目之间不存在交叉重复计划标准\t基本型"),
        (3, HEAD + "重点项目预算有保障，项目之间不存在交叉重复\t计划标准基本型"),
        (5, "\t\t\t预算调整率 0\t预算支出标准\t基本型"),
        (5, "\t\t\t预算调整率 0\t\t预算支出标准\t基本型"),
        (2, "\t\t预算编制预算编制科学性\t\t基本信息内容真实、完整、准确\t计划标准\t基本型"),
    ],
)
def test_glued_cells_come_apart(number: int, line: str) -> None:
    decoded = read(changed(LONG, number, line))
    assert [fields(row) for row in decoded.rows] == EXPECTED
    assert any(piece.glued for piece in decoded.rows[number].fields.values())


def test_a_dropped_and_a_spurious_blank() -> None:
    moved = "\t\t立项规范性\t设立依据充分，按规定程序设立\t\t计划标准\t基本型"
    assert [fields(row) for row in read(changed(LONG, 4, moved)).rows] == EXPECTED


def test_lost_labels_leave_the_rows_where_they_belong() -> None:
    bare = changed(LONG, 0, LONG[0].replace("管理效率", "").replace("战略管理", ""))
    decoded = read(bare)
    assert codes(decoded) == codes(read(LONG))
    assert "level1" not in fields(decoded.rows[0])


@pytest.mark.parametrize(
    "line", ["3、推进行政复议体制改革，依法办理复议案件", "\t推进行政复议体制改革\t\t\t\t\t"]
)
def test_a_foreign_row_is_set_aside_with_its_place(line: str) -> None:
    decoded = read([*LONG[:3], line, *LONG[3:]])
    assert [fields(row) for row in decoded.rows] == EXPECTED
    assert [before for before, _ in decoded.foreign] == [3]


def test_a_cell_too_many_is_named() -> None:
    decoded = read(changed(LONG, 2, LONG[2] + "\t3600"))
    assert [slot.text for slot in decoded.rows[2].skipped] == ["3600"]


def test_a_header_that_swallowed_the_first_annual_row() -> None:
    decoded = read(changed(ANNUAL, 0, "\t\t\t运行成本\t公用经费控制\t公用经费控制率\t\t\t99%"))
    assert fields(decoded.rows[0]) == {
        "level1": "运行成本",
        "level2": "公用经费控制",
        "level3": "公用经费控制率",
        "target": "99%",
    }
    assert [row.state.variant for row in decoded.rows] == [1, 1, 1]


def test_a_lost_annual_heading_is_seen_by_the_columns() -> None:
    first = "\t满意度\t服务对象满意度\t服务对象满意度\t≥95%\t计划标准\t基本型"
    decoded = read([first, *changed(ANNUAL, 0, ANNUAL[0].removeprefix("年度绩效指标"))])
    assert [row.state.variant for row in decoded.rows] == [0, 1, 1, 1]


def test_a_heading_decides_where_the_rows_do_not() -> None:
    lines = rows(["\t运行成本\t公用经费控制\t公用经费控制率\t98%\t98%"])
    horizons = [decode(MODEL, lines, [Hint(v, 8.0)]).rows[0].state.variant for v in (0, 1)]
    assert horizons == [0, 1]


def test_own_indicators_stand_under_their_labels() -> None:
    decoded = read(
        [
            "\t履职效能\t核心业务产出1\t法律援助合格案件数\t≥800件/年\t历史标准\t基本型",
            "\t\t核心业务产出2\t调解纠纷案件个数\t≥2500起/年\t历史标准\t基本型",
            "\t社会效益\t经济效益\t减轻群众负担\t效果明显\t计划标准\t基本型",
            "\t\t社会效益\t增加司法公信力\t效果明显\t计划标准\t基本型",
        ]
    )
    assert codes(decoded) == ["0301", "0301", "0401", "0402"]


def test_a_row_too_wide_for_any_table_is_foreign() -> None:
    decoded = read(["运行成本\t" + "\t".join(map(str, range(500)))])
    assert (len(decoded.rows), len(decoded.foreign)) == (0, 1)


# no cell is lost

LABELS = ["运行成本", "管理效率", "预算执行", "预算执行率", "核心业务产出1", "法律援助合格案件数"]
VALUES = ["≥800件/年", "98%", "0", "无", "计划标准", "基本型", "效果明显计划标准", "预算调整率 0"]
CELLS = st.sampled_from(["", "", "", *LABELS, *VALUES, "3、推进行政复议", "囗"])
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=11), min_size=1, max_size=5)


def table(texts: list[list[str]], unread: bool) -> list[Row]:
    """Rows of distinct slots; with `unread` the first filled cell of each could not be read."""
    made = []
    for number, line in enumerate(texts):
        places = [Place(part=f"{number}.{column}") for column in range(len(line))]
        slots = [RowSlot(t, p, t, column=c) for c, (t, p) in enumerate(zip(line, places, strict=True))]
        if unread and line[0]:
            slots[0] = RowSlot("", places[0], "", unread=True)
        made.append(Row(tuple(slots), number, gap=number == 2))
    return made


@settings(max_examples=120)
@given(TABLES, st.booleans())
def test_every_filled_cell_is_in_a_field_or_skipped_or_foreign(texts: list[list[str]], unread: bool) -> None:
    lines = table(texts, unread)
    decoded = decode(MODEL, lines)
    there = [slot.place.part for line in lines for slot in line.filled]
    found = [{s.place.part for piece in row.fields.values() for s in piece.slots} for row in decoded.rows]
    skipped = [slot.place.part for row in decoded.rows for slot in row.skipped]
    foreign = [slot.place.part for _, line in decoded.foreign for slot in line.filled]
    assert sorted(map(str, [*(p for parts in found for p in parts), *skipped, *foreign])) == sorted(
        map(str, there)
    )


def test_what_could_not_be_read_is_nothing_and_no_text() -> None:
    (first, *others) = pieces_to_rows(text_to_pieces("\n".join(LONG)))
    slots = [replace(s, raw="", text="", unread=True) if s.text == "战略管理" else s for s in first.slots]
    row = decode(MODEL, [replace(first, slots=tuple(slots)), *others]).rows[0]
    assert (
        row.fields["level2"].text
        and IndicatorRow(row, "/long_term/indicators/0", None, None).piece("level2") is None
    )


@settings(max_examples=40)
@given(TABLES)
def test_the_pieces_of_a_row_spell_what_was_read(texts: list[list[str]]) -> None:
    for row in decode(MODEL, table(texts, unread=False)).rows:
        for slots in {piece.slots for piece in row.fields.values()}:
            parts = [piece.text for piece in row.fields.values() if piece.slots == slots]
            assert "".join(parts).replace(" ", "") == "".join(s.text for s in slots).replace(" ", "")


@settings(max_examples=20)
@given(TABLES)
def test_decoding_twice_gives_the_same(texts: list[list[str]]) -> None:
    assert decode(MODEL, table(texts, unread=False)) == decode(MODEL, table(texts, unread=False))
