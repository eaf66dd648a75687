"""The command line as a clerk and a script meet it: results, lines, exit codes, no traceback."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

import shenbao.batch
import shenbao.pipeline
from models.declaration import Budget, BudgetLine, DepartmentOverall, Project
from models.finding import Finding, Repair
from models.submission import (
    DepartmentForm,
    Source,
    Status,
    Submission,
    json_to_submission,
    submission_to_json,
)
from shenbao.cli import main
from shenbao.export.tables import TABLES
from shenbao.export.values import cell
from shenbao.file_task import FileOutcome, FileTask
from shenbao.reading import read_file
from shenbao.show.margin import mark_change
from tests.places import ROOT
from tests.processes import heed_interrupts

SAMPLE = ROOT / "samples" / "yangxian-justice.md"
NO_FORM = "今天天气很好\n"
FAULTS = {
    "bug": ValueError("a defect"),
    "library": OSError("cannot identify image"),
    "elsewhere": FileNotFoundError(2, "No such file or directory", "weights.onnx"),
    "swollen": MemoryError(),
    "nested": RecursionError("maximum recursion depth exceeded"),
}
"""What a reader raises for a file of this name."""


@dataclass
class Run:
    code: int
    out: str
    err: str


Shell = Callable[..., Run]


@pytest.fixture
def shell(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Runs the command line with arguments and standard input."""

    def run(*arguments: object, stdin: bytes = b"") -> Run:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exited:
            main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        assert isinstance(exited.value.code, int)
        return Run(exited.value.code, out.decode(), err.decode())

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a text that holds no form."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_text(NO_FORM, "utf-8")
    return tmp_path


def made(name: str, status: Status = "accepted") -> Submission:
    """A small result as a reader would give it, one repair and one finding included."""
    data = DepartmentOverall(
        title="部门整体绩效目标申报表",
        department="江阳县审计局",
        budget_year=2026,
        budget=Budget(
            history_years=(2024, 2025), income=(BudgetLine(item="财政拨款", amount=Decimal("1932.40")),)
        ),
        functions=("=HYPERLINK(1)", "-开展审计"),
        projects=(Project(name="办案经费有保障", total_budget=Decimal(64)),),
    )
    repair = Repair(
        path="/projects/0/name",
        kind="slip",
        before="办案经费由保障",
        after="办案经费有保障",
        because="指标目录",
        confidence=1,
    )
    finding = Finding(
        code="x", category="audit", severity="warning", path="/budget/income/0/amount", message="金额偏大"
    )
    form = DepartmentForm(layout="hubei-2025", data=data, repairs=(repair,), findings=(finding,))
    source = Source(name=name, sha256="0" * 64, media_type="text/plain", bytes=1)
    return Submission(source=source, status=status, forms=() if status == "rejected" else (form,))


def pretend(task: FileTask) -> FileOutcome:
    """A reader that takes the status from the file's name, or fails in the manner of it."""
    stem = task.path.stem
    if stem == "interrupt":
        parent = multiprocessing.parent_process()
        assert parent is not None and parent.pid is not None
        os.kill(parent.pid, signal.SIGINT)
        time.sleep(60)
    if stem == "hang":
        time.sleep(60)

    def read(path: Path, *_: object) -> Submission:
        if stem in FAULTS:
            raise FAULTS[stem]
        path.read_bytes()
        name = "half\ud800.md" if stem == "half" else path.name
        return made(name, "accepted" if stem == "half" else stem)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shenbao.pipeline, "read_submission", read)
        return read_file(task)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes of `extract` only pretend to read."""
    heed_interrupts()
    monkeypatch.setattr(shenbao.batch, "read_file", pretend)


def touched(folder: Path, *names: str) -> list[Path]:
    for name in names:
        (folder / name).touch()
    return [folder / name for name in names]


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


# extract: what is written and said


def test_a_form_becomes_a_file_named_after_it(shell: Shell, folder: Path) -> None:
    run = shell("extract", SAMPLE, "-o", "out")
    result = json_to_submission((folder / "out" / "yangxian-justice.md.json").read_text("utf-8"))
    assert run.code == 1
    assert result.status == "review"
    assert run.out.startswith("review    yangxian-justice.md  1 form, ")
    assert "1 file: 0 accepted, 1 review, 0 rejected, 0 not read → out" in run.out


def test_nothing_but_the_result_is_left_in_the_folder(shell: Shell, folder: Path) -> None:
    shell("extract", "a.md", "-o", "out")
    assert [path.name for path in (folder / "out").iterdir()] == ["a.md.json"]


def test_a_line_about_a_rejected_file_says_why(shell: Shell, folder: Path) -> None:
    run = shell("extract", "a.md", "-o", "out")
    line = "rejected  a.md  0 forms, 0 repairs, 1 error, 0 warnings, 0 notes (form-unknown)"
    assert run.out.splitlines()[0] == line


def test_quiet_says_nothing(shell: Shell, folder: Path) -> None:
    run = shell("extract", "a.md", "-o", "out", "--quiet")
    assert (run.code, run.out, run.err) == (2, "", "")


def test_an_older_result_is_replaced(shell: Shell, folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out" / "a.md.json").write_text("old")
    shell("extract", "a.md", "-o", "out")
    assert json.loads((folder / "out" / "a.md.json").read_text("utf-8"))["status"] == "rejected"


def test_standard_input_to_standard_output(shell: Shell) -> None:
    run = shell("extract", "-", "-o", "-", stdin=NO_FORM.encode())
    assert json_to_submission(run.out).source.name == "stdin"
    assert run.err.startswith("rejected  stdin")


def test_standard_input_to_a_folder(shell: Shell, folder: Path) -> None:
    shell("extract", "-", "-o", "out", stdin=NO_FORM.encode())
    assert (folder / "out" / "stdin.json").exists()


def test_json_lines_are_one_file_in_the_order_given(shell: Shell, folder: Path, reader: None) -> None:
    files = touched(folder, "review.md", "accepted.md")
    shell("extract", *files, "-o", "out", "--format", "jsonl")
    lines = (folder / "out" / "submissions.jsonl").read_text("utf-8").splitlines()
    assert [json_to_submission(line).source.name for line in lines] == ["review.md", "accepted.md"]


def test_json_lines_on_standard_output(shell: Shell, folder: Path, reader: None) -> None:
    run = shell(
        "extract", *touched(folder, "review.md", "accepted.md"), "-o", "-", "--format", "jsonl", "--quiet"
    )
    assert [json.loads(line)["status"] for line in run.out.splitlines()] == ["review", "accepted"]


def test_several_results_on_standard_output_need_json_lines(shell: Shell, folder: Path, reader: None) -> None:
    run = shell("extract", *touched(folder, "review.md", "accepted.md"), "-o", "-")
    assert run.code == 64
    assert "--format jsonl" in run.err


# extract: exit codes


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["accepted.md"], 0),
        (["accepted.md", "review.md"], 1),
        (["review.md", "rejected.md", "accepted.md"], 2),
    ],
)
def test_the_worst_status_is_the_exit_code(
    shell: Shell, folder: Path, reader: None, names: list[str], code: int
) -> None:
    assert shell("extract", *touched(folder, *names), "-o", "out").code == code


def test_a_missing_file_is_named_and_the_rest_is_read(shell: Shell, folder: Path) -> None:
    run = shell("extract", "none.md", "a.md", "-o", "out")
    assert run.code == 66
    assert run.err == "not read  none.md: cannot be read: No such file or directory\n"
    assert "2 files: 0 accepted, 0 review, 1 rejected, 1 not read" in run.out
    assert (folder / "out" / "a.md.json").exists()


def test_a_defect_is_shown_in_full_and_the_rest_is_read(shell: Shell, folder: Path, reader: None) -> None:
    run = shell("extract", *touched(folder, "bug.md", "accepted.md"), "-o", "out")
    assert run.code == 70
    assert "bug.md: internal error, please report it" in run.err
    assert "ValueError: a defect" in run.err
    assert (folder / "out" / "accepted.md.json").exists()


@pytest.mark.parametrize("name", ["library", "elsewhere"])
def test_an_error_of_ours_is_not_held_for_a_file_that_cannot_be_opened(
    shell: Shell, folder: Path, reader: None, name: str
) -> None:
    run = shell("extract", *touched(folder, f"{name}.md", "accepted.md"), "-o", "out")
    assert run.code == 70
    assert "internal error, please report it\nTraceback" in run.err
    assert (folder / "out" / "accepted.md.json").exists()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("swollen", "reading-out-of-memory"),
        ("nested", "file-nested-too-deeply"),
        ("hang", "reading-timed-out"),
    ],
)
def test_a_file_that_asks_too_much_is_named_and_neither_damaged_nor_a_defect(
    shell: Shell, folder: Path, reader: None, name: str, code: str
) -> None:
    files = touched(folder, f"{name}.md", "accepted.md")
    run = shell("extract", *files, "-o", "out", "--timeout", 2)
    assert run.code == 70
    assert f"not read  {name}.md: {code}: " in run.err
    assert "Traceback" not in run.err
    assert (folder / "out" / "accepted.md.json").exists()
    result = json_to_submission((folder / "out" / f"{name}.md.json").read_text("utf-8"))
    assert (result.status, [finding.code for finding in result.findings]) == ("rejected", [code])


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_result_that_cannot_be_put_into_text_costs_its_own_file_only(
    shell: Shell, folder: Path, reader: None, form: str
) -> None:
    files = touched(folder, "half.md", "accepted.md")
    run = shell("extract", *files, "-o", "out", "--format", form, "--tables", "out/tables")
    assert run.code == 70
    assert "UnicodeEncodeError" in run.err
    assert [row["file"] for row in rows(folder / "out" / "tables" / "submissions.csv")] == ["accepted.md"]


def test_a_name_too_long_for_its_result_costs_its_own_file_only(shell: Shell, folder: Path) -> None:
    run = shell("extract", *touched(folder, "x" * 252 + ".md", "b.md"), "-o", "out")
    assert run.code == 73
    assert "its result cannot be written: File name too long" in run.err
    assert (folder / "out" / "b.md.json").exists()


def test_a_name_with_control_characters_cannot_steer_the_terminal(shell: Shell, folder: Path) -> None:
    (name,) = touched(folder, "a\x1b[31m\nb.md")
    run = shell("extract", name, "-o", "out", "--tables", "out/tables")
    assert "rejected  a\ufffd[31m\ufffdb.md" in run.out
    assert "\x1b" not in run.out + run.err
    assert [row["file"] for row in rows(folder / "out" / "tables" / "submissions.csv")] == [
        "a\ufffd[31m\nb.md"
    ]


def test_an_interruption_keeps_what_is_done(shell: Shell, folder: Path, reader: None) -> None:
    files = touched(folder, "accepted.md", "interrupt.md", "review.md")
    run = shell("extract", *files, "-o", "out", "--tables", "out/tables")
    assert run.code == 130
    assert "interrupted after 1 of 3 files" in run.err
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["accepted.md.json", "tables"]
    assert [row["file"] for row in rows(folder / "out" / "tables" / "submissions.csv")] == ["accepted.md"]


def test_an_interruption_keeps_the_lines_that_are_done(shell: Shell, folder: Path, reader: None) -> None:
    run = shell("extract", *touched(folder, "accepted.md", "interrupt.md"), "-o", "out", "--format", "jsonl")
    assert run.code == 130
    assert len((folder / "out" / "submissions.jsonl").read_text("utf-8").splitlines()) == 1


def test_a_folder_among_the_files_is_refused_with_advice(shell: Shell, folder: Path) -> None:
    (folder / "forms").mkdir()
    run = shell("extract", "a.md", "forms", "-o", "out")
    assert run.code == 64
    assert "forms is a folder; name the files in it: forms/*" in run.err
    assert not (folder / "out").exists()


def test_two_files_of_one_name_are_refused(shell: Shell, folder: Path) -> None:
    (folder / "b").mkdir()
    (folder / "b" / "a.md").touch()
    run = shell("extract", "a.md", "b/a.md", "-o", "out")
    assert run.code == 64
    assert "a.md and b/a.md would both be written to a.md.json" in run.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract"],
        ["extract", "a.md"],
        ["--nope"],
        ["extract", "a.md", "-o", "x", "--format", "xml"],
        ["eat"],
    ],
)
def test_wrong_usage_is_64(shell: Shell, arguments: list[str]) -> None:
    assert shell(*arguments).code == 64


@pytest.mark.parametrize("place", ["-o", "--tables"])
def test_an_output_folder_that_is_a_file_is_73(shell: Shell, folder: Path, place: str) -> None:
    (folder / "taken").touch()
    others = [] if place == "-o" else ["-o", "out"]
    run = shell("extract", "a.md", place, "taken", *others)
    assert run.code == 73
    assert "cannot create the output folder" in run.err


def test_a_result_that_cannot_be_written_is_74(shell: Shell, folder: Path) -> None:
    (folder / "out" / "a.md.json").mkdir(parents=True)
    run = shell("extract", "a.md", "-o", "out")
    assert run.code == 74
    assert "cannot write results" in run.err
    assert [path.name for path in (folder / "out").iterdir()] == ["a.md.json"]


def test_a_pipe_in_the_place_of_a_file_is_refused_with_advice(shell: Shell, folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    run = shell("extract", "pipe", "-o", "out")
    assert run.code == 66
    assert "shenbao extract -" in run.err


def test_a_name_that_is_too_long_is_an_unreadable_file(shell: Shell, folder: Path) -> None:
    assert shell("extract", "x" * 300, "-o", "out").code == 66


# extract: bad files, through the whole program


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (bytes(range(256)) * 9, "file-unsupported"),
        (NO_FORM.encode(), "form-unknown"),
        ("\t".join("1" * 10_000).encode(), "file-too-large"),
        ("申报表\t数据\n".encode() * 600_000, "file-too-large"),
        (b"%PDF-1.7\nnot a PDF at all", None),
        (b"PK\x03\x04 broken archive", "file-damaged"),
    ],
    ids=["empty", "binary", "no form", "wide row", "too large", "broken pdf", "broken archive"],
)
def test_a_bad_file_is_rejected_with_its_reason(
    shell: Shell, folder: Path, data: bytes, code: str | None
) -> None:
    (folder / "a.md").write_bytes(data)
    run = shell("extract", "a.md", "-o", "out")
    result = json_to_submission((folder / "out" / "a.md.json").read_text("utf-8"))
    assert (run.code, result.status) == (2, "rejected")
    assert result.findings
    assert code is None or [finding.code for finding in result.findings] == [code]
    assert "Traceback" not in run.out + run.err


def test_another_hash_seed_and_locale_give_the_same_bytes(shell: Shell, folder: Path) -> None:
    shell("extract", SAMPLE, "-o", "here")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    command = [sys.executable, "-m", "shenbao", "extract", str(SAMPLE), "-o", "there"]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1
    name = "yangxian-justice.md.json"
    assert (folder / "there" / name).read_bytes() == (folder / "here" / name).read_bytes()


def test_a_file_gives_the_same_bytes_alone_and_among_others(shell: Shell, folder: Path) -> None:
    front = SAMPLE.read_text("utf-8").partition("长期绩效指标")[0]
    (folder / "b.md").write_text(front, "utf-8")
    shell("extract", "b.md", "-o", "alone")
    shell("extract", SAMPLE, "a.md", "b.md", "-o", "among")
    assert (folder / "among" / "b.md.json").read_bytes() == (folder / "alone" / "b.md.json").read_bytes()


# tables


def test_tables_are_written_for_a_spreadsheet(shell: Shell, folder: Path, reader: None) -> None:
    shell("extract", *touched(folder, "accepted.md", "rejected.md"), "-o", "out", "--tables", "out/tables")
    tables = {path.name for path in (folder / "out" / "tables").iterdir()}
    assert tables == {f"{name}.csv" for name in TABLES}
    assert (folder / "out" / "tables" / "budget.csv").read_bytes().startswith(b"\xef\xbb\xbffile,")


def test_every_file_has_a_row_in_submissions(shell: Shell, folder: Path, reader: None) -> None:
    shell("extract", *touched(folder, "accepted.md", "rejected.md"), "-o", "out", "--tables", "t")
    found = [
        (row["file"], row["status"], row["department"]) for row in rows(folder / "t" / "submissions.csv")
    ]
    assert found == [("accepted.md", "accepted", "江阳县审计局"), ("rejected.md", "rejected", "")]


def test_budget_rows_are_one_amount_each_with_printed_digits(
    shell: Shell, folder: Path, reader: None
) -> None:
    shell("extract", *touched(folder, "accepted.md"), "-o", "out", "--tables", "t")
    found = [(row["item"], row["year"], row["amount"]) for row in rows(folder / "t" / "budget.csv")]
    assert found == [("财政拨款", "2024", ""), ("财政拨款", "2025", ""), ("财政拨款", "2026", "1932.40")]


def test_a_text_does_not_become_a_formula(shell: Shell, folder: Path, reader: None) -> None:
    shell("extract", *touched(folder, "accepted.md"), "-o", "out", "--tables", "t")
    goals = [row["text"] for row in rows(folder / "t" / "goals.csv")]
    assert goals == ["'=HYPERLINK(1)", "'-开展审计"]


@pytest.mark.parametrize("text", ["-2.57%", "+3", "-1", "98%", "≥98%", "无", "1932.40"])
def test_numbers_and_percentages_stay_as_they_are(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize("text", ["=1", "+a", "-1+1", "@SUM(A1)", "＝1", "\t=1", "-2.57%%"])
def test_what_a_spreadsheet_would_calculate_is_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


# show, schema, help


def test_show_prints_sections_repairs_and_findings(shell: Shell, folder: Path) -> None:
    (folder / "r.json").write_text(submission_to_json(made("a.md", "review")), "utf-8")
    run = shell("show", "r.json")
    assert run.code == 0
    assert "需复核" in run.out
    assert "部门总体资金情况" in run.out
    assert "办案经费〔由→有〕保障" in run.out
    row = next(line for line in run.out.splitlines() if "财政拨款" in line)
    assert "金额偏大" in row


def test_show_reads_what_extract_wrote(shell: Shell, folder: Path) -> None:
    result = shell("extract", SAMPLE, "-o", "-", "--quiet").out
    run = shell("show", "-", stdin=result.encode())
    assert "长期绩效指标" in run.out
    repairs = json_to_submission(result).forms[0].repairs
    assert run.out.count("〔") >= len(repairs) > 0


def test_show_loses_no_finding(shell: Shell, folder: Path) -> None:
    plain = made("a.md")
    form = plain.forms[0]
    places = ["/title", "/nowhere/1", "/projects", "/projects/0/name", "/annual/indicators", None]
    found = [
        Finding(code="x", category="audit", severity="info", path=path, message=f"第{n}处")
        for n, path in enumerate(places)
    ]
    changed = plain.model_copy(update={"forms": (form.model_copy(update={"findings": tuple(found)}),)})
    (folder / "r.json").write_text(submission_to_json(changed), "utf-8")
    out = shell("show", "r.json").out
    assert [out.count(f"第{n}处") for n in range(len(places))] == [1] * len(places)


def test_show_says_where_a_finding_belongs_in_words_and_by_pointer(shell: Shell, folder: Path) -> None:
    plain = made("a.md")
    found = Finding(code="x", category="audit", severity="info", path="/long_term/until_year", message="疑")
    form = plain.forms[0].model_copy(update={"findings": (found,)})
    (folder / "r.json").write_text(
        submission_to_json(plain.model_copy(update={"forms": (form,)})), encoding="utf-8"
    )
    assert "长期目标截止年份（/long_term/until_year）：疑" in shell("show", "r.json").out


def test_show_does_not_let_a_document_steer_the_terminal(shell: Shell, folder: Path) -> None:
    (folder / "r.json").write_text(submission_to_json(made("\x1b[31mred.md")), "utf-8")
    assert "\x1b" not in shell("show", "r.json").out


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\xfe", b"[" * 100_000, b"[red]"])
def test_show_refuses_what_is_no_result(shell: Shell, folder: Path, data: bytes) -> None:
    (folder / "r.json").write_bytes(data)
    run = shell("show", "r.json")
    assert run.code == 65
    assert "is not a result" in run.err


def test_show_names_the_place_of_a_fault(shell: Shell, folder: Path) -> None:
    root = json.loads(submission_to_json(made("a.md")))
    root["forms"][0]["data"]["department"] = 5
    (folder / "r.json").write_text(json.dumps(root), "utf-8")
    assert "/forms/0/data/department" in shell("show", "r.json").err


def test_show_of_a_missing_file_is_66(shell: Shell, folder: Path) -> None:
    assert shell("show", "none.json").code == 66


def test_a_change_is_marked_where_it_is() -> None:
    assert mark_change("公用经贵控制率", "公用经费控制率").plain == "公用经〔贵→费〕控制率"


def test_texts_that_share_little_are_shown_whole() -> None:
    assert mark_change("", "管理效率").plain == "〔→管理效率〕"


def test_the_schema_is_printed_as_json(shell: Shell) -> None:
    assert json.loads(shell("schema").out)["title"] == "Submission"


def test_the_finding_codes_are_printed_as_markdown(shell: Shell) -> None:
    assert "| `missing-value` | warning |" in shell("schema", "--findings").out


def test_the_version_is_printed(shell: Shell) -> None:
    assert shell("--version").out.startswith("shenbao ")


@pytest.mark.parametrize("command", ["extract", "show", "schema"])
def test_every_help_shows_an_example(shell: Shell, command: str) -> None:
    run = shell(command, "--help")
    assert run.code == 0
    assert f"shenbao {command}" in run.out.partition("Example")[2]
