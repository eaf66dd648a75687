"""Rules E4–E6: unfinished and empty texts, and what only looks like them."""

from __future__ import annotations

import pytest

from models.declaration import ProjectDeclaration
from tests.normalize.check.declared import form, found, paths, same

TARGET = "/annual/indicators/2/target"


@pytest.mark.parametrize(
    "text", ["服务XX人", "服务xxx人", "建设××项目", "由某某负责", "预算待定", "○○局", "____项"]
)
def test_a_placeholder_is_found(text: str) -> None:
    assert paths(form(functions=("普法", text)), "placeholder-left") == {"/functions/1"}


@pytest.mark.parametrize(
    "text",
    ["XXL号服装", "二〇〇八年建成", "等待定期检查", "待定点医院审核", "3×5米", "○ 普法", "A4纸", "X光机"],
)
def test_what_only_looks_like_a_placeholder_is_not(text: str) -> None:
    assert paths(form(functions=(text,)), "placeholder-left") == set()


def test_a_placeholder_is_found_in_a_project_form() -> None:
    assert paths(ProjectDeclaration(content="购置XX设备"), "placeholder-left") == {"/content"}


@pytest.mark.parametrize("text", ["提升", "改善", "下降"])
def test_a_direction_alone_is_told_once(text: str) -> None:
    data = form(**same(target=text))
    assert TARGET in paths(data, "direction-only")
    assert paths(data, "vague-wording") == set()


@pytest.mark.parametrize("text", ["提升10%", "群众满意", "改善办学条件", "减少投诉", "稳定", "稳步提高"])
def test_a_text_that_says_more_than_a_direction_is_fine(text: str) -> None:
    assert paths(form(**same(target=text)), "direction-only") == set()


@pytest.mark.parametrize("text", ["指标值", "年度指标值", "2026年", "2026", "2026年度"])
def test_a_heading_or_a_year_is_no_target(text: str) -> None:
    assert TARGET in paths(form(**same(target=text)), "target-not-value")


@pytest.mark.parametrize("text", ["2026年底前", "2026件", "≥2026", "2500"])
def test_a_day_or_a_number_of_things_is_a_target(text: str) -> None:
    assert "target-not-value" not in {finding.code for finding in found(form(**same(target=text)))}
