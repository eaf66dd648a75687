from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.submission import Submission
from shenbao.desk.desk import Desk
from shenbao.desk.folder import find_folder, open_log
from shenbao.desk.pages.originals import Originals
from shenbao.desk.pages.page_maker import PageMaker
from shenbao.desk.queue.opened import Reply
from shenbao.desk.queue.queue import Address, Filter
from shenbao.desk.view import field_to_view
from shenbao.desk.workbook import WorkbookError, apply_doubts, write_doubts
from shenbao.ingest.ledger.decisions import DecisionLog, DeskDecisionKind
from tests.places import ROOT

ANSWER = 8
"""The column of answers, from 1."""


def written(desk: Desk, path: Path, answers: dict[str, str], maker: PageMaker | None = None) -> Path:
    """The workbook with answers by the words of the field's place."""
    write_doubts(desk, maker, path, lambda: None)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        answer = answers.get(str(sheet.cell(row, 3).value))
        if answer:
            sheet.cell(row, ANSWER).value = answer
    book.save(path)
    return path


def name_of(desk: Desk, path: str) -> str:
    one = next(one for one in desk.fields(Filter()) if one.address.path == path)
    return field_to_view(desk, one.address).name


def test_every_open_field_is_a_row_with_its_choices(desk: Desk, tmp_path: Path) -> None:
    sheet = load_workbook(written(desk, tmp_path / "d.xlsx", {})).worksheets[0]
    assert sheet.max_row == 1 + desk.left(Filter())
    assert len(sheet.data_validations.dataValidation) == desk.left(Filter())


def test_answers_of_a_workbook_are_the_decisions_of_the_desk(desk: Desk, tmp_path: Path) -> None:
    basis, category = "/annual/indicators/0/basis", "/annual/indicators/0/category"
    answers = {name_of(desk, basis): "计划标准", name_of(desk, category): "（原件空白）"}
    taken, refused = apply_doubts(desk, written(desk, tmp_path / "d.xlsx", answers), "李")
    assert (taken, refused) == (2, [])
    log = {one.path: (one.kind, one.after, one.person) for one in desk.log()}
    assert log == {basis: ("candidate", "计划标准", "李"), category: ("blank", None, "李")}


def test_a_workbook_and_the_desk_leave_the_same_finals(desk: Desk, out: Path, tmp_path: Path) -> None:
    fields = desk.fields(Filter())[::2]
    said = {field_to_view(desk, one.address).name: one.address for one in fields}
    answers = {name: "（认可）" if n % 2 else "（原件空白）" for n, name in enumerate(said)}
    book = written(desk, tmp_path / "d.xlsx", answers)
    twin = tmp_path / "twin"
    shutil.copytree(out, twin)
    taken, refused = apply_doubts(desk, book, "李")
    assert (taken, refused) == (len(answers), [])
    ledger = open_log(twin, None)
    other = Desk(find_folder(twin), DecisionLog(ledger))
    other.load()
    for name, address in said.items():
        kind: DeskDecisionKind = "accept" if answers[name] == "（认可）" else "blank"
        other.decide([Reply(address, kind, None, 0, "李")])
    logs = [{(one.path, one.kind, one.after) for one in each.log()} for each in (desk, other)]
    ledger.close()
    assert logs[0] == logs[1]
    for place in (out / "final").iterdir():
        assert place.read_bytes() == (twin / "final" / place.name).read_bytes()


def test_a_row_that_was_decided_meanwhile_is_named_and_not_taken(
    desk: Desk, tmp_path: Path, justice: Submission
) -> None:
    basis = "/annual/indicators/0/basis"
    name = name_of(desk, basis)
    path = written(desk, tmp_path / "d.xlsx", {name: "计划标准"})
    desk.decide([Reply(Address(justice.source.sha256, 0, basis), "blank", None, 0, "王")])
    taken, refused = apply_doubts(desk, path, "李")
    assert taken == 0
    assert [(row.name, row.reason) for row in refused] == [(f"yangxian-justice.md {name}", "此处已另有决定")]


def test_a_text_that_begins_like_a_formula_is_a_text(desk: Desk, tmp_path: Path, justice: Submission) -> None:
    at = Address(justice.source.sha256, 0, "/annual/indicators/0/basis")
    desk.decide([Reply(at, "edit", "=1+1", 0, "李")])
    desk.decide([Reply(at, "undo", None, 1, "李")])
    sheet = load_workbook(written(desk, tmp_path / "d.xlsx", {})).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_another_workbook_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(WorkbookError):
        apply_doubts(desk, ROOT / "samples" / "jiaotong-sheet.xlsx", "李")
    (tmp_path / "no.xlsx").write_bytes(b"no")
    with pytest.raises(WorkbookError):
        apply_doubts(desk, tmp_path / "no.xlsx", "李")


def test_a_row_has_the_picture_of_its_field(desk: Desk, out: Path, tmp_path: Path) -> None:
    ledger = open_log(out, None)
    maker = PageMaker(out / ".shenbao" / "pages", Originals(desk.folder, ledger, [ROOT / "samples"]))
    sheet = load_workbook(written(desk, tmp_path / "d.xlsx", {}, maker)).worksheets[0]
    maker.close()
    ledger.close()
    pictures = vars(sheet)["_images"]
    assert len(pictures) == sum(one.page is not None for one in desk.fields(Filter()))
