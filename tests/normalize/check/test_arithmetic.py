"""The budget as an error-correcting code: one wrong digit is found, two are told, none is left alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.declaration import Budget
from models.finding import Repair
from normalize.check.arithmetic import check_budget
from normalize.notes.notes import Notes, Read, merged
from normalize.read.budget import read_budget
from tests.normalize.read.budget_table import TABLE
from tests.normalize.read.marked_rows import LAYOUT, mark


@dataclass(frozen=True)
class Checked:
    before: Budget
    after: Budget
    notes: Notes

    @property
    def repairs(self) -> tuple[Repair, ...]:
        return self.notes.repairs

    def codes(self) -> set[str]:
        return {finding.code for finding in self.notes.findings}

    def paths(self, code: str) -> set[str | None]:
        return {finding.path for finding in self.notes.findings if finding.code == code}


def check(text: str) -> Checked:
    read = read_budget(mark(text), LAYOUT)
    checked = check_budget(read.value.budget, read.value.unparsed, read.notes)
    return Checked(read.value.budget, checked.value, merged((read.notes, checked.notes)))


def misread(item: str, figure: str, read: str, text: str = TABLE) -> str:
    """The table with one figure misread: of the item's first row, of the last one for totals."""
    lines = text.splitlines(keepends=True)
    numbers = [n for n, line in enumerate(lines) if f"\t{item}\t" in line and f"\t{figure}" in line]
    number = numbers[-1] if item == "合计" else numbers[0]
    lines[number] = lines[number].replace(figure, read, 1)
    return "".join(lines)


RIGHT = check(TABLE)


def test_a_consistent_budget_is_left_alone() -> None:
    assert RIGHT.after == RIGHT.before
    assert (RIGHT.repairs, RIGHT.notes.findings) == ((), ())


def test_the_figures_keep_their_printed_digits() -> None:
    assert [str(line.amount) for line in RIGHT.after.expenditure] == ["1470.89", "218.72", "242.8", "1932.41"]
    assert RIGHT.after.income[1].amount is None


@pytest.mark.parametrize(
    ("item", "printed", "read"),
    [
        ("人员类项目支出", "1470.89", "1410.89"),
        ("运转类项目支出", "218.72", "218.12"),
        ("运转类项目支出", "218.72", "21872"),
        ("运转类项目支出", "218.72", "2187.2"),
        ("运转类项目支出", "218.72", "2l8.72"),
        ("特定目标类项目支出", "242.8", "24 2.8"),
        ("特定目标类项目支出", "242.8", "242.3"),
        ("财政拨款", "1932.41", "1982.41"),
        ("合计", "1932.41", "1982.41"),
    ],
)
def test_the_one_edit_that_makes_everything_hold_is_made(item: str, printed: str, read: str) -> None:
    checked = check(misread(item, printed, read))
    assert checked.after == RIGHT.after
    assert checked.codes() == set()


def test_a_repair_names_its_equations_and_both_figures() -> None:
    (repair,) = check(misread("人员类项目支出", "1470.89", "1410.89")).repairs
    assert (repair.path, repair.kind) == ("/budget/expenditure/0/amount", "digit")
    assert (repair.before, repair.after) == ("1410.89", "1470.89")
    assert all(name in repair.because for name in ("当年支出合计", "支出占比", "当年收入与支出"))


@settings(max_examples=60)
@given(st.sampled_from(["1470.89", "218.72"]), st.integers(0, 6), st.integers(1, 9))
def test_any_one_wrong_digit_is_repaired_or_told(figure: str, at: int, add: int) -> None:
    """Before the point no other figure explains it; behind it another row's, or a sum's one hundredth, may."""
    places = [i for i, char in enumerate(figure) if char.isdigit()]
    place = places[at % len(places)]
    wrong = figure[:place] + str((int(figure[place]) + add) % 10) + figure[place + 1 :]
    row = 0 if figure == "1470.89" else 1
    checked = check(misread(("人员类项目支出", "运转类项目支出")[row], figure, wrong))
    if checked.repairs or place < figure.index("."):
        assert checked.after == RIGHT.after
    elif abs(Decimal(wrong) - Decimal(figure)) > Decimal("0.011"):
        assert f"/budget/expenditure/{row}/amount" in checked.paths("ambiguous-digit")


def test_a_history_figure_with_two_repairs_is_told() -> None:
    checked = check(misread("人员类项目支出", "1377.16", "1317.16"))
    assert checked.after == checked.before
    assert checked.paths("ambiguous-digit") == {f"/budget/expenditure/{n}/history/0" for n in (0, 1)}


def test_a_history_figure_with_one_repair_is_repaired() -> None:
    checked = check(misread("人员类项目支出", "1377.16", "4377.16"))
    assert checked.after == RIGHT.after
    assert [repair.path for repair in checked.repairs] == ["/budget/expenditure/0/history/0"]


def test_a_history_without_totals_has_too_few_equations_and_is_told() -> None:
    bare = TABLE.replace("\t1932.41\t100%\t1834\t1865\n\t支", "\t1932.41\t100%\t\t\n\t支")
    bare = bare.removesuffix("\t1834\t1865\n") + "\t\t\n"
    checked = check(misread("人员类项目支出", "1377.16", "1317.16", bare))
    assert checked.after == checked.before
    assert "/budget/expenditure/0/history/0" in checked.paths("history-mismatch")


def test_a_share_alone_is_told_at_its_place() -> None:
    checked = check(misread("特定目标类项目支出", "12.56%", "72.56%"))
    assert checked.after == checked.before
    assert "/budget/expenditure/2/share" in checked.paths("share-mismatch")


def test_two_wrong_figures_are_told_with_the_figures() -> None:
    checked = check(misread("人员类项目支出", "1470.89", "1410.89", misread("合计", "1932.41", "1934.41")))
    assert checked.after == checked.before
    assert checked.repairs == ()
    assert {"sum-mismatch", "sides-differ", "share-mismatch"} <= checked.codes()
    messages = [f.message for f in checked.notes.findings if f.code == "sum-mismatch"]
    assert all("1934.41" in message and "1872.41" in message for message in messages)
    assert {f.severity for f in checked.notes.findings} == {"error"}


def test_where_several_edits_would_do_none_is_made() -> None:
    text = """\
部门总体资金情况\t总体资金情况\t\t当年金额\t占比\t近两年收支金额\t
\t收入构成\t财政拨款\t30\t\t\t
\t\t合计\t30\t\t\t
\t支出构成\t人员类项目支出\t10\t\t\t
\t\t运转类项目支出\t10\t\t\t
\t\t合计\t30\t\t\t
"""
    checked = check(text)
    assert checked.after == checked.before
    assert checked.paths("ambiguous-digit") == {
        "/budget/expenditure/0/amount",
        "/budget/expenditure/1/amount",
    }


@pytest.mark.parametrize(
    ("item", "figure", "path"),
    [("财政拨款", "1932.41", "/budget/income/0"), ("运转类项目支出", "218.72", "/budget/expenditure/1")],
)
def test_an_amount_lost_beside_its_share_is_told_at_its_place(item: str, figure: str, path: str) -> None:
    checked = check(misread(item, figure, ""))
    assert {path, f"{path}/amount"} & {finding.path for finding in checked.notes.findings}


def test_an_unread_amount_leaves_its_sums_unknown() -> None:
    checked = check(misread("运转类项目支出", "218.72", "见附表"))
    assert checked.after.expenditure[1].amount is None
    assert not {"sum-mismatch", "history-mismatch"} & checked.codes()
    (finding,) = [f for f in checked.notes.findings if f.path == "/budget/expenditure/3/amount"]
    assert (finding.code, finding.category, finding.severity) == ("sum-unchecked", "arithmetic", "warning")
    assert (finding.message, finding.expected) == ("当年支出合计未能核对：“见附表”未读出", None)


def test_an_unread_total_is_told_where_it_stands() -> None:
    checked = check(misread("合计", "1932.41", "见附表"))
    assert "/budget/expenditure/3/amount" in checked.paths("sum-unchecked")
    assert "sum-mismatch" not in checked.codes()


def test_a_blank_amount_counts_as_nothing() -> None:
    checked = check(misread("运转类项目支出", "218.72", ""))
    (message,) = {f.message for f in checked.notes.findings if f.code == "sum-mismatch"}
    assert message == "当年支出合计：1932.41 ≠ 应为 1713.69"


def test_a_missing_figure_stays_missing() -> None:
    assert check(misread("运转类项目支出", "218.72", "")).after.expenditure[1].amount is None


def test_rounding_is_no_error() -> None:
    text = TABLE.replace("76.12%", "76.1%").replace("11.32%", "11%")
    assert check(text).notes.findings == ()


def test_an_empty_budget_has_nothing_to_check() -> None:
    assert check_budget(Budget(), (), Notes()) == Read(Budget())


def test_amounts_are_decimals_to_the_end() -> None:
    assert isinstance(
        check(misread("人员类项目支出", "1470.89", "1410.89")).after.expenditure[0].amount, Decimal
    )
