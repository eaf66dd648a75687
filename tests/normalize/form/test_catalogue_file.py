"""A catalogue's file is checked line by line, and says what would be right."""

from __future__ import annotations

import pytest

from normalize.form.catalogue import text_to_catalogue
from normalize.form.catalogue_file import check_catalogue
from normalize.form.store import read_catalogue_text

HEAD = "code,level1,level2,level3,scope,value_kind,direction,unit,basis,category,standard_value,aliases\n"
LINE = "A1,产出指标,数量指标,培训场次,fixed,quantitative,more,场,历史标准,,,\n"


@pytest.mark.parametrize("name", ["indicators-department-overall", "indicators-frame"])
def test_the_catalogues_that_ship_are_in_order(name: str) -> None:
    assert list(check_catalogue(read_catalogue_text(name, ()))) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (HEAD.replace(",scope", "") + LINE, 1, "the columns scope are missing"),
        (HEAD + LINE.replace("A1", ""), 2, "code is empty"),
        (HEAD + LINE.replace("fixed", "free"), 2, "scope “free” is not known; there are fixed, own"),
        (
            HEAD + LINE.replace("more", "up"),
            2,
            "direction “up” is not known; there are more, less or nothing",
        ),
        (HEAD + LINE.replace("培训场次", ""), 2, "needs a level3"),
        (HEAD + LINE.replace("fixed", "own"), 2, "has no level3"),
        (HEAD + LINE.replace("产出指标", "产出,指标"), 2, "put texts with commas between quotes"),
        (HEAD + LINE + LINE.replace("培训", "宣传"), 3, "code A1 stands in line 2 already"),
        (HEAD + LINE + LINE.replace("A1", "A2"), 3, "产出指标、数量指标、培训场次 stands in line 2 already"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, line: int, message: str) -> None:
    ((found, said),) = check_catalogue(text)
    assert (found, message in said) == (line, True)


def test_a_line_that_nobody_signed_does_not_count() -> None:
    signed = (
        HEAD.rstrip() + ",signed\n" + LINE.rstrip() + ",no\n" + LINE.rstrip().replace("A1", "A2") + ",yes\n"
    )
    assert [entry.code for entry in text_to_catalogue(signed).entries] == ["A2"]


def dated(first: str, last: str, code: str = "A1") -> str:
    return LINE.replace("A1", code).rstrip("\n") + f",{first},{last},free\n"


DATED = HEAD.rstrip("\n") + ",valid_from,valid_to,levels\n"


def test_a_line_may_say_its_years_and_free_levels() -> None:
    text = DATED + dated("2024", "2025") + dated("2026", "", "A2")
    assert list(check_catalogue(text)) == []
    old, new = text_to_catalogue(text).entries
    assert (old.valid_from, old.valid_to, old.levels_free, new.valid_to) == (2024, 2025, True, None)
    assert [old.is_valid(year) for year in (2023, 2025, 2026, None)] == [False, True, False, True]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (dated("26", ""), "valid_from “26” is no year"),
        (dated("2027", "2026"), "valid_from 2027 is after valid_to 2026"),
        (
            dated("2026", "").replace("free", "loose"),
            "levels “loose” is not known; there are fixed, free or nothing",
        ),
    ],
)
def test_years_and_levels_are_checked(line: str, message: str) -> None:
    ((_, told),) = check_catalogue(DATED + line)
    assert told.startswith(message)


def test_the_same_names_twice_without_years_are_a_mistake() -> None:
    ((line, told),) = check_catalogue(DATED + dated("", "") + dated("", "", "A2"))
    assert (line, told) == (3, "产出指标、数量指标、培训场次 stands in line 2 already")
