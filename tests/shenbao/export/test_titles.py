"""Codes of categories as they are, or as a clerk reads them."""

from __future__ import annotations

from shenbao.export.tables import TABLES
from shenbao.export.titles import shown

FINDINGS = TABLES["findings"]
SEVERITY = FINDINGS.names.index("severity")


def row(severity: str | None) -> tuple[object, ...]:
    return tuple(severity if n == SEVERITY else f"text {n}" for n in range(len(FINDINGS.names)))


def test_english_codes_stay() -> None:
    assert list(shown(FINDINGS, [row("error")], "english")) == [row("error")]


def test_chinese_codes_are_words_and_everything_else_stays() -> None:
    ((*cells,),) = shown(FINDINGS, [row("error")], "chinese")
    assert cells[SEVERITY] == FINDINGS.columns[SEVERITY].labels["error"]
    assert [cell for n, cell in enumerate(cells) if n != SEVERITY] == [
        f"text {n}" for n in range(len(cells)) if n != SEVERITY
    ]


def test_a_blank_and_a_code_without_a_word_stay() -> None:
    (blank, other) = shown(FINDINGS, [row(None), row("new")], "chinese")
    assert (blank[SEVERITY], other[SEVERITY]) == (None, "new")
