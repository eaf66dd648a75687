"""The forms that count in a folder of results or in a season."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.declaration import ProjectAnnualGoals, ProjectDeclaration
from models.submission import DepartmentForm, ProjectForm, submission_to_json
from shenbao.answer.rounds import Round, StoredElsewhereError, folder_to_round
from shenbao.export.results import LeftOut
from shenbao.ingest.ledger.books import File, Work
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output
from tests.shenbao.compare.forms import NAME, form, indicator, submission


def put(path: Path, made: DepartmentForm, sha256: str = "0" * 64) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    one = submission(made, path.name.removesuffix(".json"))
    one = one.model_copy(update={"source": one.source.model_copy(update={"sha256": sha256})})
    path.write_text(submission_to_json(one), encoding="utf-8")


def season(folder: Path) -> Output:
    place = Output(folder)
    place.prepare()
    place.identity()
    return place


def read(folder: Path, masked: bool = False) -> Round:
    left: list[LeftOut] = []
    found = folder_to_round(folder, masked, left.append)
    assert left == []
    return found


def test_a_decided_result_takes_the_place_of_the_one_that_was_read(tmp_path: Path) -> None:
    place = season(tmp_path)
    put(tmp_path / "results" / "局" / "a.docx.json", form(phone="1"))
    put(tmp_path / "final" / "局" / "a.docx.json", form(phone="2"))
    (one,) = read(place.root).forms.values()
    assert one.form.data.phone == "2"


def test_in_a_folder_of_extract_too(tmp_path: Path) -> None:
    put(tmp_path / "a.docx.json", form(phone="1"))
    put(tmp_path / "final" / "a.docx.json", form(phone="2"))
    found = read(tmp_path)
    assert [one.form.data.phone for one in found.forms.values()] == ["2"]
    assert found.doubles == ()


def test_results_that_were_put_elsewhere_are_found(tmp_path: Path) -> None:
    place = season(tmp_path / "season")
    put(tmp_path / "store" / "results" / "a.docx.json", form())
    ledger = Ledger(place.ledger)
    ledger.note(results=str(tmp_path / "store"))
    ledger.close()
    assert len(read(place.root).forms) == 1


def test_the_submission_that_was_changed_last_counts(tmp_path: Path) -> None:
    place = season(tmp_path)
    for name, digit, moment in (("甲.docx", "1", 2_000), ("乙.docx", "2", 1_000)):
        put(tmp_path / "results" / f"{name}.json", form(phone=digit), digit * 64)
        ledger = Ledger(place.ledger)
        ledger.record([File(name, f"5:{moment}:9", 5, digit * 64)], [Work(digit * 64, name, "r", "done")])
        ledger.close()
    found = read(place.root)
    assert [one.form.data.phone for one in found.forms.values()] == ["1"]
    assert [str(one) for one in found.doubles] == [
        "江阳县交通运输局：收到 2 份，以 甲.docx 为准（另有 乙.docx）"
    ]


def test_a_file_without_a_form_is_named(tmp_path: Path) -> None:
    empty = submission(form(), "水利局.pdf").model_copy(update={"forms": (), "status": "rejected"})
    (tmp_path / "b.json").write_text(submission_to_json(empty), encoding="utf-8")
    assert [one.file for one in read(tmp_path).unread] == ["水利局.pdf"]


def test_nobody_is_named_where_that_is_wanted(tmp_path: Path) -> None:
    put(tmp_path / "a.docx.json", form(preparer="王建国", phone="13812345678"))
    (one,) = read(tmp_path, masked=True).forms.values()
    assert (one.form.data.preparer, one.form.data.phone) == ("***", "***")
    assert [seen.text for seen in one.form.evidence.values()] == [""]


def test_a_departments_form_and_its_projects_in_other_files_are_held_together(tmp_path: Path) -> None:
    put(tmp_path / "a.docx.json", form(indicator("次数", "≥5次")), "1" * 64)
    other = ProjectDeclaration(
        project="巡查", department=NAME, annual=ProjectAnnualGoals(indicators=(indicator("次数", "≥9次"),))
    )
    one = submission(form(), "b.docx").model_copy(update={"forms": (ProjectForm(layout="x", data=other),)})
    (tmp_path / "b.docx.json").write_text(submission_to_json(one), encoding="utf-8")
    codes = [[found.code for found in one.form.findings] for one in read(tmp_path).forms.values()]
    assert codes == [["forms-differ"], []]


def test_results_that_lie_elsewhere_are_asked_for(tmp_path: Path) -> None:
    place = season(tmp_path)
    (tmp_path / "results").rmdir()
    with pytest.raises(StoredElsewhereError, match="copy them"):
        read(place.root)
