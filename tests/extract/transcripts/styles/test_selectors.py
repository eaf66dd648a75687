"""Which tags a selector means."""

from __future__ import annotations

import pytest

from extract.transcripts.styles.selectors import Tag, text_to_selector


def tag(name: str, classes: str = "", **attributes: str) -> Tag:
    return Tag(name, attributes, frozenset(classes.split()))


AROUND = [tag("table", "t"), tag("td"), tag("span", "wrap")]


@pytest.mark.parametrize(
    "selector",
    ["b", ".x", "b.x", "td .x", "table.t td .x", ".wrap > .x", "*", "[data-h]", 'b[data-h="1"]', "td *"],
)
def test_a_selector_means_a_tag(selector: str) -> None:
    found = text_to_selector(selector)
    assert found is not None
    assert found.means(tag("b", "x y", **{"data-h": "1"}), AROUND)


@pytest.mark.parametrize("selector", ["i", ".z", "td > .x", ".old .x", "#x", "[data-h=2]", "p b"])
def test_a_selector_does_not_mean_a_tag(selector: str) -> None:
    found = text_to_selector(selector)
    assert found is not None
    assert not found.means(tag("b", "x y", **{"data-h": "1"}), AROUND)


@pytest.mark.parametrize("selector", ["a:hover", "a + b", "td::before", "", "a ~ b"])
def test_what_asks_for_more_than_tags_is_left_alone(selector: str) -> None:
    assert text_to_selector(selector) is None


def test_the_more_particular_selector_weighs_more() -> None:
    weights = [found.weight for name in ("b", ".x", "td .x", "#x") if (found := text_to_selector(name))]
    assert weights == sorted(weights)
