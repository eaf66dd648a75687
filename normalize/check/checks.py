"""Every rule of `docs/rules.md` on a declaration that was read: the findings, and the ledger of what was asked.

`import` findings say what the budget system will refuse, `audit` findings what a reviewer would ask about a target;
neither changes the status of the submission.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.finding import Finding
from models.submission import CheckOutcome, CheckResult
from normalize.check.rules import (
    arithmetic_rules,
    audit_rules,
    import_rules,
    money_rules,
    rate_rules,
    wording_rules,
)
from normalize.check.rules.rule_rows import Examined, RuleCheck, Verdict

RULES: tuple[tuple[str, RuleCheck], ...] = (
    ("A1", arithmetic_rules.equations_hold("A1")),
    ("A2", arithmetic_rules.equations_hold("A2")),
    ("A3", arithmetic_rules.equations_hold("A3")),
    ("A4", arithmetic_rules.projects_sum),
    ("A5", arithmetic_rules.annual_within_total),
    ("A6", arithmetic_rules.equations_hold("A6")),
    ("A7", arithmetic_rules.digits_settled),
    ("A8", money_rules.amounts_present),
    ("A9", money_rules.money_of_size),
    ("B1", import_rules.levels_present),
    ("B2", import_rules.sign_told),
    ("B3", import_rules.history_numeric),
    ("B4", import_rules.unit_present),
    ("B5", import_rules.text_accepted),
    ("B6", import_rules.names_without_space),
    ("B7", import_rules.levels_belong),
    ("B8", import_rules.target_present),
    ("B9", import_rules.lengths_fit),
    ("B10", import_rules.required_present),
    ("C1", import_rules.basis_listed),
    ("C2", audit_rules.basis_for_cost),
    ("C3", audit_rules.target_against_history),
    ("C4", audit_rules.basis_in_both),
    ("C5", audit_rules.indicators_in_both),
    ("C6", audit_rules.wording_in_both),
    ("C7", audit_rules.annual_within_long),
    ("C8", rate_rules.target_not_falling),
    ("D3", rate_rules.capped_rates),
    ("D4", rate_rules.rates_in_range),
    ("D5", audit_rules.sign_not_digit),
    ("D6", rate_rules.percent_printed),
    ("D7", rate_rules.sign_with_direction),
    ("E1", audit_rules.wording_graded),
    ("E2", audit_rules.indicators_complete),
    ("E3", audit_rules.kind_as_catalogue),
    ("E4", wording_rules.placeholders_filled),
    ("E5", wording_rules.targets_say_more),
    ("E6", wording_rules.targets_are_values),
    ("F1", audit_rules.dates_agree),
    ("F2", audit_rules.phone_dialable),
)
"""The rules in the order of that page."""


def check_declaration(form: Examined) -> tuple[tuple[Finding, ...], tuple[CheckResult, ...]]:
    """The findings of all rules, and what became of each, both in the order of the rules and of the form."""
    answers = [(rule, tuple(check(form))) for rule, check in RULES]
    findings = (found for _, given in answers for answer in given for found in answer.findings)
    return tuple(findings), tuple(_result(rule, given) for rule, given in answers)


def _result(rule: str, answers: Sequence[Verdict]) -> CheckResult:
    outcomes = [answer.outcome for answer in answers]
    wrong, right = outcomes.count("failed"), outcomes.count("passed")
    outcome: CheckOutcome = (
        "failed" if wrong else "passed" if right else "no-data" if outcomes else "not-applicable"
    )
    return CheckResult(code=rule, outcome=outcome, on=wrong + right, failed=wrong)
