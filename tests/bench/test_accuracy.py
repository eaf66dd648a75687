"""The accuracy bench counts what it says it counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.accuracy.ablation import without_witness
from bench.accuracy.baselines import NULL, copied_as_is, grid_to_table
from bench.accuracy.evidence import Boxes, located_rows, pdf_boxes, scan_boxes
from bench.accuracy.extraction import scan_tables
from bench.accuracy.forms import form_path
from bench.accuracy.grits import grits
from bench.accuracy.plan import FULL, SMALL, Case, cases
from bench.accuracy.review import effort, reliability
from bench.accuracy.store import kept
from bench.accuracy.teds import teds
from bench.accuracy.worst import badness, frame, story_of
from bench.fields import Field, fields
from bench.forge.declarations import declare
from bench.tally import by, total
from models.document import Document
from models.geometry import Box
from models.grid import Cell, Grid, Place
from models.posteriors import NOTHING

PLACE = Place()


def field(want: str | None, got: str, **more: Any) -> Field:
    given: dict[str, Any] = {
        "pointer": "/annual/indicators/3/target",
        "flagged": False,
        "confidence": 1.0,
        "repaired": False,
        "harmed": False,
    }
    return Field(want=want, got=got, **(given | more))


@pytest.mark.parametrize("size", [SMALL, FULL])
def test_a_run_has_two_hundred_forms_twelve_damages_and_five_layouts(size: Any) -> None:
    planned = cases(size)
    test = [case for case in planned if case.half == "test"]
    assert len(planned) == len(set(planned)) >= 200
    assert len({case.damage for case in test if case.kind == "scan"}) >= 12
    assert len({case.layout for case in test}) >= 5


def test_halves_share_no_seed_and_layouts_no_declaration() -> None:
    seeds = {half: {c.seed for c in cases(FULL) if c.half == half} for half in ("dev", "test")}
    assert not seeds["dev"] & seeds["test"]
    layouts: dict[int, set[str]] = {}
    for case in cases(FULL):
        layouts.setdefault(case.seed, set()).add(case.layout)
    assert all(len(found) == 1 for found in layouts.values())


def test_the_print_of_every_scan_is_read_too() -> None:
    planned = set(cases(SMALL))
    assert all(case.printed in planned for case in planned if case.kind == "scan")


def test_a_form_keeps_the_name_that_the_forge_gives() -> None:
    path = form_path(Case("test", "scan", "fax", "landscape", 7201))
    assert path.name == "7201-landscape-scan-fax.pdf"


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept(tmp_path / "a" / "b.pickle", make) for _ in range(2)] == [1, 1]


def test_outcomes_of_a_field() -> None:
    pairs = [("800件", "800件"), ("800件", "80件"), ("800件", ""), ("", "800件"), (None, "别的行")]
    assert [field(*pair).outcome for pair in pairs] == ["exact", "wrong", "missed", "invented", "invented"]


def test_fields_know_what_the_result_says_of_them() -> None:
    truth = declare(1, "hubei-2025")
    data = json.loads(json.dumps(truth))
    data["phone"] = "0714-0000000"
    form = {
        "form": "department-overall",
        "data": data,
        "evidence": {"/phone": {"confidence": 0.4}, "/functions/0": {"confidence": 0.5}},
        "repairs": [{"path": "/phone", "before": truth["phone"], "kind": "digit", "because": ""}],
        "findings": [{"path": "/preparer", "severity": "warning", "category": "reading"}],
    }
    read = {one.pointer: one for one in fields(truth, {"forms": [form]})}
    assert read["/phone"].silent and read["/phone"].harmed and read["/phone"].confidence == 0.4
    assert read["/preparer"].flagged and not read["/preparer"].silent
    assert read["/functions"].confidence == 0.5
    assert read["/title"].confidence is None


def test_sums_tell_repairs_that_were_right_from_harm() -> None:
    sums = total(
        [
            field("有", "有", repaired=True),
            field("有", "由", repaired=True, harmed=True),
            field("有", "有", flagged=True),
            field(None, "多", flagged=True),
        ]
    )
    assert (sums.fields, sums.exact, sums.repaired, sums.repaired_right, sums.harmed) == (3, 2, 2, 1, 1)
    assert (sums.silent, sums.flagged_right, sums.invented) == (1, 1, 1)


def test_sections_are_told_by_the_pointer() -> None:
    pointers = ["/phone", "/budget/income/0/amount", "/annual/goals", "/annual/indicators/0/basis"]
    found = by(lambda one: one.section, [field("1", "1", pointer=pointer) for pointer in pointers])
    assert list(found) == ["head", "budget", "goals", "annual indicators"]


def numbered(count: int, **more: Any) -> list[Field]:
    return [field("1", "1", pointer=f"/{n}", **more) for n in range(count)]


def test_flagged_cells_are_looked_at_first() -> None:
    form = [
        *numbered(100),
        field("1", "2", pointer="/x", flagged=True),
        field("1", "1", pointer="/y", flagged=True),
    ]
    found = effort([form])
    assert (found.flagged, found.needed, found.left) == (2, 2, 0.0)


def test_a_silent_error_without_any_doubt_costs_every_cell() -> None:
    assert effort([[*numbered(99), field("1", "2", pointer="/x")]]).needed == 100


def test_a_silent_error_that_is_less_sure_costs_the_less_sure_cells() -> None:
    unsure = [field("1", "1", pointer=f"/u{n}", confidence=0.9) for n in range(4)]
    form = [*numbered(90), *unsure, field("1", "2", pointer="/x", confidence=0.9)]
    assert effort([form]).needed == 5


def test_reliability_puts_claims_beside_truth() -> None:
    group = [field("1", "1", confidence=0.85), field("1", "2", confidence=0.87), field("1", "1")]
    (low, sure) = reliability([*group, field("1", "1", confidence=None)])
    assert (low.low, low.high, low.count, low.right) == (0.8, 0.9, 2, 0.5)
    assert low.claimed == pytest.approx(0.86)
    assert (sure.low, sure.high, sure.count) == (1.0, 1.0, 1)


TABLE = [
    Cell(0, 0, "指标", PLACE, row_span=2),
    Cell(0, 1, "产出", PLACE),
    Cell(1, 1, "效益", PLACE),
]


def test_a_table_is_like_itself() -> None:
    assert teds(TABLE, TABLE) == 1.0
    assert grits(TABLE, TABLE) == (1.0, 1.0)


def test_half_a_text_wrong_costs_half_a_node_of_six() -> None:
    misread = [*TABLE[:2], Cell(1, 1, "效用", PLACE)]
    assert teds(TABLE, misread) == pytest.approx(1 - 0.5 / 6)
    assert grits(TABLE, misread) == (pytest.approx(1 - 0.5 / 4), 1.0)


def test_a_lost_span_costs_a_node_and_half_the_overlap() -> None:
    split = [Cell(0, 0, "指标", PLACE), *TABLE[1:], Cell(1, 0, "指标", PLACE)]
    assert teds(TABLE, split) == pytest.approx(1 - 2 / 7)
    assert grits(TABLE, split) == (1.0, pytest.approx((2 + 2 * 0.5) / 4))


def test_a_row_too_many_costs_precision_only() -> None:
    longer = [*TABLE, Cell(2, 0, "尾", PLACE), Cell(2, 1, "注", PLACE)]
    content, topology = grits(TABLE, longer)
    assert content == topology == pytest.approx(2 * 4 / (4 + 6))
    assert teds(TABLE, longer) == pytest.approx(1 - 3 / 9)


def test_boxes_of_a_print_hold_their_text(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path), pagesize=(200, 100), invariant=1)
    canvas.drawString(20, 50, "1932.41")
    canvas.drawString(120, 50, "76%")
    canvas.save()

    def seen(text: str, x0: float, x1: float) -> dict[str, Any]:
        return {"page": 1, "bbox": [x0, 35, x1, 55], "text": text}

    evidence = {
        "/a": seen("1932.41", 15, 80),
        "/b": seen("76%", 15, 180),
        "/c": seen("76%", 15, 80),
        "/d": {"text": "76%", "page": None, "bbox": None},
        "/e": seen("", 15, 80),
    }
    result = {"forms": [{"form": "department-overall", "data": {}, "evidence": evidence}]}
    assert pdf_boxes(path, result) == Boxes(values=4, boxed=3, holding=2, tight=1)


def test_boxes_of_a_turned_scan_are_found_where_they_were_printed() -> None:
    printed = [(1, Box(20.0 * n, 40.0 * (n % 4), 20.0 * n + 12, 40.0 * (n % 4) + 10)) for n in range(12)]
    # a quarter turn to the right of a page 300 points high
    turned = [(1, Box(300 - b.bottom, b.x0, 300 - b.top, b.x1)) for _, b in printed]
    elsewhere = (1, Box(0, 0, 12, 10))
    assert scan_boxes(printed, turned) == Boxes(12, 12, 12, 12)
    assert scan_boxes(printed, [*turned[:-2], elsewhere, None]) == Boxes(12, 11, 10, 10)


def grid(*texts: str) -> Grid:
    cells = tuple(Cell(n // 2, n % 2, text, PLACE, posteriors=NOTHING) for n, text in enumerate(texts))
    return Grid(cells, rows=len(texts) // 2, columns=2, spans="ruled", edges=((1, (10.0, 60.0, 90.0)),))


def test_our_grid_is_copied_with_its_edges_on_paper() -> None:
    table = grid_to_table(grid("填报人", "王明"))
    assert table.edges == "paper"
    assert [(cell.left, cell.right, cell.text) for cell in table.cells] == [
        (10, 60, "填报人"),
        (60, 90, "王明"),
    ]


def test_the_copying_reader_copies_and_the_null_reader_gets_blanks() -> None:
    truth = declare(2, "hubei-2025")
    copied = copied_as_is(Document((grid("填报人", truth["preparer"]),), "text/plain"))
    gained = total(fields(truth, copied)).exact - total(fields(truth, NULL)).exact
    assert gained == 1
    assert total(fields(truth, NULL)).invented == 0


def test_without_its_picture_a_cell_keeps_its_text() -> None:
    (piece,) = without_witness(Document((grid("甲", "乙"),), "application/pdf")).pieces
    assert isinstance(piece, Grid)
    assert [(cell.text, cell.posteriors) for cell in piece.cells] == [("甲", None), ("乙", None)]


def test_silent_fields_are_worse_than_flagged_and_harmed_ones_worst() -> None:
    flagged = field("完成率", "甲", flagged=True)
    near, far = field("完成率", "完戍率"), field("完成率", "甲")
    harmed, missed = field("完成率", "完戍率", harmed=True), field("完成率", "")
    assert sorted([flagged, missed, near, far, harmed], key=badness) == [harmed, far, near, missed, flagged]


@pytest.mark.parametrize(
    ("want", "got", "story"),
    [
        ("800件", "", "Nothing was read here."),
        ("800件", "800件/年", "More was read than stands here: a neighbour's text, or dirt."),
        ("800件", "80", "Only a part was read."),
        ("预算执行率", "预算执亍率", "1 of 5 characters misread, lost or added."),
        ("800件", "优", "Another text altogether."),
        (None, "别的", "A row that the form does not have."),
    ],
)
def test_stories_tell_what_happened(want: str | None, got: str, story: str) -> None:
    assert story_of((), field(want, got)) == story


def test_a_story_names_the_repair_that_did_harm() -> None:
    repair = {
        "path": "/annual/indicators/3/target/text",
        "kind": "twin",
        "because": "长期指标",
        "before": "有",
    }
    told = story_of((repair,), field("有", "由", harmed=True))
    assert told == "A repair (twin, 长期指标) of “有” spoiled a right reading."


def test_a_picture_shows_the_cell_with_a_margin_and_not_half_the_page() -> None:
    assert frame(Box(3, 100, 40, 112)) == (0, 92, 48, 120)
    left, top, right, bottom = frame(Box(50, 100, 550, 700))
    assert (right - left, bottom - top) == (300, 110)


def test_tables_of_a_scan_are_compared_page_by_page_with_those_of_its_print() -> None:
    first = grid("甲", "乙")
    second = replace(first, edges=((2, (10.0, 60.0, 90.0)),))
    printed = Document((first, second), "application/pdf")
    lost = Document((first,), "application/pdf")
    same, half = scan_tables(printed, printed), scan_tables(lost, printed)
    assert same and (same.tables, same.teds, same.content, same.topology) == (2, 1.0, 1.0, 1.0)
    assert half and (half.tables, half.teds, half.content, half.topology) == (2, 0.5, 0.5, 0.5)


def test_a_line_that_was_taken_for_a_table_does_not_shift_the_others() -> None:
    printed = Document((grid("甲", "乙"),), "application/pdf")
    scanned = Document((grid("传真", ""), grid("甲", "乙")), "application/pdf")
    found = scan_tables(scanned, printed)
    assert found and (found.tables, found.teds) == (1, 1.0)


def test_a_row_too_many_is_where_its_first_part_was_read() -> None:
    evidence = {
        "/projects/3/category": {"page": None, "bbox": None},
        "/projects/3/name": {"page": 2, "bbox": [1, 2, 3, 4]},
    }
    result = {"forms": [{"form": "department-overall", "evidence": evidence}]}
    row = field(None, "别的", pointer="/projects/3")
    assert located_rows([row, field("1", "1")], result) == {"/projects/3": (2, Box(1, 2, 3, 4))}
