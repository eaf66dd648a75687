"""The rules in Chinese, and which question of the bureau's review sheet each belongs to."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType

from models.submission import CheckOutcome

OUTCOME_WORDS: Mapping[CheckOutcome, str] = MappingProxyType(
    {"passed": "通过", "failed": "发现问题", "no-data": "缺少数据，未能检查", "not-applicable": "不适用"}
)
_OTHERS = {"forms-differ": "相关性", "names-differ": "相关性", "projects-against-forms": "适当性"}
QUESTIONS = ("完整性", "相关性", "适当性", "可行性")
"""The questions of 绩效目标审核表, in its order."""


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule of docs/rules.md: its code, the question that it bears on, what it finds, and what it wants, in Chinese."""

    code: str
    question: str
    finding: str
    chinese: str


def _lines() -> Iterator[RuleWords]:
    text = files("shenbao").joinpath("answer", "rules.csv").read_text("utf-8")
    yield from (RuleWords(**line) for line in csv.DictReader(text.splitlines()))


RULE_WORDS: Mapping[str, RuleWords] = MappingProxyType({one.code: one for one in _lines()})
"""By the rule's code."""


def rule_text(code: str) -> str:
    """`C3 以历史标准为依据的目标不低于往年`; the bare code of a rule that a later program has."""
    known = RULE_WORDS.get(code)
    return f"{code} {known.chinese}" if known else code


def finding_to_question(code: str) -> str:
    """The question that a finding bears on; what no rule of the ledger finds is about whether the form is whole.

    >>> finding_to_question("target-below-history"), finding_to_question("missing-value")
    ('可行性', '完整性')
    """
    found = (one.question for one in RULE_WORDS.values() if one.finding == code)
    return next(found, _OTHERS.get(code, QUESTIONS[0]))
