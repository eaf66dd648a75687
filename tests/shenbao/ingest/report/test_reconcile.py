"""The reconciliation: expected against received, and money in against money out."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from shenbao.ingest.ledger.books import File, FormRow, Work
from shenbao.ingest.report.expected import ListError, list_to_departments
from shenbao.ingest.report.html import reconciliation_to_html
from shenbao.ingest.report.reconcile import Department, Reconciliation, reconcile
from shenbao.ingest.report.report_rows import department_to_cells
from shenbao.ingest.report.xlsx import _width, reconciliation_to_xlsx
from tests.inboxes import form, put, season


def result(folder: Path, name: str, *totals: str) -> None:
    """A result file with a form for each declared total."""
    budget = [{"income": [], "expenditure": [{"item": "合计", "amount": Decimal(total)}]} for total in totals]
    forms = [{"data": {"money_unit": "万元", "budget": part}, "findings": []} for part in budget]
    root = {"source": {"sha256": name}, "forms": forms, "findings": []}
    put(folder / f"{name}.json", json.dumps(root, default=float))


def held(
    folder: Path, *files: tuple[str, str, str | None, str | None], expected: list[str] | None
) -> Reconciliation:
    """A ledger of files: name, state, department and declared total."""
    works, forms = {}, []
    for name, state, department, total in files:
        works[name] = Work(name, name, "r", state, reason="原因" if state == "failed" else "")  # type: ignore[arg-type]
        if total:
            forms.append(FormRow(name, 1, "hubei-2025", department, 2026, "万元", None, Decimal(total)))
            result(folder, name, total)
    books = [File(name, "1", 1, name) for name, *_ in files]
    return reconcile(books, works, forms, (), folder, expected)


def states(departments: tuple[Department, ...] | None) -> dict[str, str]:
    return {department.name: department.state for department in departments or ()}


def test_every_expected_department_is_in_one_state(tmp_path: Path) -> None:
    found = held(
        tmp_path,
        ("a.md", "done", "甲局", "1.10"),
        ("b.md", "review", "乙局", "2.20"),
        ("丙局.pdf", "rejected", None, None),
        ("丁局.pdf", "failed", None, None),
        expected=["甲局", "乙局", "丙局", "丁局", "戊局"],
    )
    assert states(found.expected) == {
        **{"甲局": "done", "乙局": "review", "丙局": "rejected", "丁局": "failed", "戊局": "missing"},
    }
    assert found.others == ()


def test_names_that_differ_in_width_and_spaces_are_the_same(tmp_path: Path) -> None:
    found = held(tmp_path, ("a.md", "done", "甲 局（本级）", "1"), expected=["甲局(本级)"])
    assert states(found.expected) == {"甲局(本级)": "done"}


def test_a_name_that_is_nearly_on_the_list_is_shown_and_not_counted(tmp_path: Path) -> None:
    found = held(tmp_path, ("a.md", "done", "阳新县司法周", "1"), expected=["阳新县司法局"])
    assert states(found.expected) == {"阳新县司法局": "missing"}
    (other,) = found.others
    assert "相近的是“阳新县司法局”" in other.remark


def test_the_longest_name_in_a_path_is_meant(tmp_path: Path) -> None:
    found = held(tmp_path, ("教育局机关.pdf", "failed", None, None), expected=["教育局", "教育局机关"])
    assert states(found.expected) == {"教育局": "missing", "教育局机关": "failed"}


def test_a_department_with_two_forms_is_where_its_best_one_is_and_says_so(tmp_path: Path) -> None:
    files = ("a.md", "review", "甲局", "1"), ("b.md", "done", "甲局", "2")
    (department,) = held(tmp_path, *files, expected=["甲局"]).expected or ()
    assert (department.state, department.remark) == ("done", "收到 2 份表，请核对以哪份为准；未读出收入合计")


def test_money_in_is_money_out(tmp_path: Path) -> None:
    found = held(
        tmp_path, ("a.md", "done", "甲局", "0.10"), ("b.md", "review", "乙局", "0.20"), expected=None
    )
    assert found.money_in == found.money_out == {("支出", "万元"): Decimal("0.30")}


def test_a_result_that_the_ledger_does_not_know_breaks_the_balance(tmp_path: Path) -> None:
    found = held(tmp_path, ("a.md", "done", "甲局", "1"), expected=None)
    assert found.balances
    result(tmp_path, "strange.md", "5")
    files = [File("a.md", "1", 1, "a.md")]
    works = {"a.md": Work("a.md", "a.md", "r", "done")}
    again = reconcile(files, works, [], (), tmp_path, None)
    assert not again.balances
    assert "不一致" in reconciliation_to_html(again)


def test_the_amounts_are_those_of_real_results(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局", "1932.41"), b=form("阳新县教育局", "68.09"))
    put(made.inbox / "副本.md", form("阳新县教育局", "68.09"))
    made.run()
    ledger = made.ledger()
    found = reconcile(
        ledger.files().values(), ledger.works(), ledger.forms(), ["c.md"], made.output.results, None
    )
    assert found.money_in == {("支出", "万元"): Decimal("2000.50"), ("收入", "万元"): Decimal("2000.50")}
    assert found.balances
    assert found.states == {"review": 2, "duplicate": 1, "growing": 1}


def test_two_forms_of_one_department_are_not_added_up(tmp_path: Path) -> None:
    files = ("a.md", "done", "甲局", "1.00"), ("b.md", "done", "甲局", "2.00")
    found = held(tmp_path, *files, expected=["甲局"])
    (department,) = found.expected or ()
    assert department_to_cells(department)[3:6] == (None, None, "")
    assert found.money_out == {("支出", "万元"): Decimal("3.00")}


def test_a_department_says_why_its_file_came_to_nothing(tmp_path: Path) -> None:
    found = held(tmp_path, ("甲局.pdf", "failed", None, None), expected=["甲局"])
    assert [department.remark for department in found.expected or ()] == ["原因"]


def test_a_form_under_review_says_how_much_is_to_be_looked_at(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局", "1932.41").replace("100%", "90%"))
    made.run()
    ledger = made.ledger()
    found = reconcile(ledger.files().values(), ledger.works(), ledger.forms(), (), made.output.results, None)
    root = json.loads(made.results()["a.md.json"])
    grave = [
        f["severity"] for f in root["forms"][0]["findings"] if f["category"] in ("reading", "arithmetic")
    ]
    counted = f"待核对：错误 {grave.count('error')} 处、警告 {grave.count('warning')} 处"
    (remark,) = (row.remark for row in found.rows)
    assert remark.startswith(f"{counted}（收入构成第 1 行“财政拨款”的占比、")
    assert remark.endswith("等）")
    assert grave.count("error") > 0


def test_the_page_names_who_is_missing_before_all_tables_and_has_a_filter_for_every_state(
    tmp_path: Path,
) -> None:
    files = ("a.md", "done", "甲局", "1.1"), ("b.md", "rejected", None, None)
    page = reconciliation_to_html(held(tmp_path, *files, expected=["甲局", "乙局", "丙局"]))
    assert "<h2>未交部门（2）</h2>\n<p>乙局、丙局</p>" in page.split("<h2>名单内部门")[0]
    for state in ("done", "rejected", "missing"):
        assert f'id="f-{state}"' in page
        assert f"#f-{state}:checked ~ table tbody tr:not(.{state})" in page
    assert 'id="f-review"' not in page
    assert '<td class="n">1.10</td>' in page


def test_the_page_shows_hostile_names_as_text(tmp_path: Path) -> None:
    found = held(tmp_path, ("<script>.md", "done", "<b>局", "1"), expected=["=1+1"])
    page = reconciliation_to_html(found)
    assert "<script>" not in page
    assert "&lt;b&gt;局" in page


def test_the_workbook_has_numbers_as_numbers_and_names_as_text(tmp_path: Path) -> None:
    found = held(tmp_path, ("a.md", "done", "甲局", "1932.40"), expected=["甲局", "=1+1"])
    book = load_workbook(BytesIO(reconciliation_to_xlsx(found)))
    assert book.sheetnames == ["汇总", "金额核对", "名单内部门", "名单外部门", "文件明细"]
    sheet = book["名单内部门"]
    amount, name = sheet["E2"], sheet["A3"]
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")
    assert (amount.fill.fgColor.rgb, name.fill.fgColor.rgb) == ("00E2F4E2", "00FBDCDC")
    assert (amount.value, amount.data_type, amount.number_format) == (1932.4, "n", "#,##0.00")
    assert (name.value, name.data_type) == ("=1+1", "s")
    assert sheet.freeze_panes == "A2"


def test_a_row_of_the_workbook_is_as_high_as_its_text(tmp_path: Path) -> None:
    files = [("甲局一.pdf", "rejected", None, None), ("甲局二.pdf", "rejected", None, None)]
    found = held(tmp_path, *files, ("乙局.pdf", "rejected", None, None), expected=["甲局", "乙局"])
    sheet = load_workbook(BytesIO(reconciliation_to_xlsx(found)))["名单内部门"]
    assert [sheet.row_dimensions[number].height for number in (2, 3)] == [34, 17]


LISTS = {
    "utf-8.csv": "序号,部门名称\n1,甲局\n2,乙局\n2,乙局\n".encode("utf-8-sig"),
    "gbk.csv": "2026年应报单位\n序号,单位\n1,甲局\n2,乙局\n".encode("gbk"),
    "bare.csv": "1,甲局\n2,乙局\n".encode(),
    "semicolons.csv": "序号;单位名称（全称）\n1;甲局\n2;乙局\n".encode("gbk"),
    "tabs.txt": "序号\t部门\n1\t甲局\n2\t乙局\n".encode("utf-16"),
    "likely.csv": "附件1\n绩效目标申报单位\n编号,预算部门,备注\n1,甲局,\n2,乙局,\n".encode(),
    "coded.csv": "部门编码,部门名称\n001,甲局\n002,乙局\n".encode(),
    "printed.csv": "序号,部门\n1,甲局\n,部门\n2,乙局\n,合 计\n注：以上均为一级预算单位,\n,备注：共两家\n".encode(),
    "as-a-name-says.xlsx": "部门\n甲局\n乙局\n".encode(),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_departments(tmp_path: Path, name: str) -> None:
    assert list_to_departments(put(tmp_path / name, LISTS[name])) == ("甲局", "乙局")


def test_a_list_in_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("应报名单",),
        ("编号", "预算单位", "部门名称"),
        (1, "x", "甲局"),
        (2, "y", "乙局"),
        (None, None, None),
    ):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    assert list_to_departments(tmp_path / "list.xlsx") == ("甲局", "乙局")


def test_a_list_behind_a_cover_sheet(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(("2026年应报名单",))
    sheet = book.create_sheet("名单")
    for row in (("部门",), ("甲局",), ("乙局",)):
        sheet.append(row)
    book.save(tmp_path / "list.xlsx")
    assert list_to_departments(tmp_path / "list.xlsx") == ("甲局", "乙局")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"\n"),
        ("a.csv", "部门,编码\n,1\n".encode()),
        ("a.csv", b"\xff\x00\xff\x81"),
        ("a.csv", b"x" * 200_000),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.json", b"%PDF-1.7"),
    ],
)
def test_what_is_no_list_is_said(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(ListError):
        list_to_departments(put(tmp_path / name, content))


def test_columns_are_as_wide_as_their_chinese_titles() -> None:
    assert [_width(text) for text in ("部门", "ab", "部门a")] == [4, 2, 5]


def test_a_name_with_a_byte_that_no_encoding_knows_is_said(tmp_path: Path) -> None:
    content = (
        "单位名称\n".encode("gb18030")
        + b"\xca\xaf\xcb\xfe\x80"
        + "县水利局\n江阳县财政局\n".encode("gb18030")
    )
    with pytest.raises(ListError, match="石塔�县水利局"):
        list_to_departments(put(tmp_path / "list.csv", content))
