"""A reader's problem is told at the values that were read where it is."""

from __future__ import annotations

from models.document import Problem
from models.finding import Evidence
from models.geometry import Box
from models.grid import Place
from shenbao.pipeline import touched_values


def seen(box: tuple[float, float, float, float], page: int = 1) -> Evidence:
    return Evidence(page=page, bbox=box, text="3102.15", reader="text-layer", confidence=1.0)


EVIDENCE = {
    "/department": seen((50, 50, 100, 60)),
    "/annual/indicators/3/target": seen((50, 100, 90, 110)),
    "/annual/indicators/3/level3": seen((100, 100, 150, 110)),
    "/preparer": seen((50, 50, 100, 60), page=2),
}


def touched(*places: Place) -> list[str | None]:
    problem = Problem("text-struck", "第1页有被划掉的文字。", "warning", 1, places)
    return [finding.path for finding in touched_values([problem], EVIDENCE)]


def test_a_value_beneath_the_problem_is_named() -> None:
    assert touched(Place(1, Box(45, 95, 95, 115))) == ["/annual/indicators/3/target"]


def test_a_row_is_named_where_several_of_its_values_are_touched() -> None:
    assert touched(Place(1, Box(0, 90, 500, 120))) == ["/annual/indicators/3"]


def test_other_pages_and_places_that_only_meet_are_not_touched() -> None:
    assert touched(Place(1, Box(100, 50, 150, 60)), Place(3, Box(0, 0, 500, 800))) == []


def test_a_problem_without_places_touches_nothing() -> None:
    assert touched() == []


def test_the_row_of_a_cell_is_named_that_looks_blank_because_nobody_sees_its_text() -> None:
    hidden = Problem("page-hidden-text", "", "warning", 1, (Place(1, Box(300, 98, 360, 114)),))
    assert [finding.path for finding in touched_values([hidden], EVIDENCE)] == ["/annual/indicators/3"]
    struck = Problem("text-struck", "", "warning", 1, (Place(1, Box(300, 98, 360, 114)),))
    assert list(touched_values([struck], EVIDENCE)) == []


def test_named_parts_of_a_file_are_places_too() -> None:
    evidence = {
        "/department": Evidence(part="Sheet1!B2; Sheet1!C2", text="局", reader="excel", confidence=1.0)
    }
    problem = Problem("text-struck", "有被划掉的文字。", places=(Place(part="Sheet1!C2"),))
    assert [finding.path for finding in touched_values([problem], evidence)] == ["/department"]
