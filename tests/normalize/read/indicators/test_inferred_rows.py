"""Labels and names of inferred rows that ran into each other, and cells that no row could keep."""

from __future__ import annotations

from normalize.read.indicators.inferred_rows import catalogue_to_labels, is_of_labels
from tests.normalize.read.indicators.tables import ANNUAL, CATALOGUE, LONG, inferred
from tests.normalize.read.marked_rows import codes

FORM = LONG + ANNUAL
LABELS = catalogue_to_labels(CATALOGUE)


def test_labels_one_behind_the_other_are_nothing_but_labels() -> None:
    assert is_of_labels("核心业务产出2核心业务产出3社会效益", LABELS)
    assert not is_of_labels("社会效益提升", LABELS)
    assert not is_of_labels("", LABELS)


def test_a_name_that_ends_with_a_label_is_doubted() -> None:
    glued = FORM.replace("查处超限车辆", "查处超限车辆生态效益")
    found = codes(inferred(glued).notes)
    assert {("ambiguous-cell", f"/{table}/indicators/3/level3") for table in ("long_term", "annual")} <= found


def test_a_name_that_is_two_rows_names_tells_that_a_row_is_missing() -> None:
    last = ANNUAL[ANNUAL.index("\t\t核心业务产出2") :]
    glued = (LONG + ANNUAL.removesuffix(last)).replace("县乡道改造里程\t26", "县乡道改造里程查处超限车辆\t26")
    assert ("ambiguous-row", "/annual/indicators") in codes(inferred(glued).notes)


def test_labels_alone_in_a_row_are_told_at_the_table_and_touch_no_whole_row() -> None:
    stray = FORM.replace(
        "\t履职效能\t核心业务产出1\t县乡道改造里程\t26",
        "\t战略管理\n\t履职效能\t核心业务产出1\t县乡道改造里程\t26",
    )
    found = {(code, path) for code, path in codes(inferred(stray).notes) if code == "foreign-row"}
    assert found == {("foreign-row", "/annual/indicators")}


def test_a_row_of_no_indicator_touches_both_rows_beside_it_that_are_not_whole() -> None:
    stray = FORM.replace(
        "工作计划健全性\t工作计划制定明确，与部门职能和中长期规划相符\t计",
        "工作计划健全\t工作计划制定明确，与部门职能\t计",
    )
    stray = stray.replace(
        "\t履职效能\t核心业务产出1\t县乡道改造里程\t≥",
        "\t和\t性\t中长\t期规\t划相符\t之类\n\t履职效能\t核心业务产出1\t县乡道改造里程\t≥",
    )
    assert ("foreign-row", "/long_term/indicators/1") in codes(inferred(stray).notes)
