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
