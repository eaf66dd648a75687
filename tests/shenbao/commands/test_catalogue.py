"""`shenbao catalogue`: mistakes of a file, the difference of two, and a proposal of what a season's forms share."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from models.declaration import Annual, AnnualIndicator, DepartmentOverall, Value
from models.submission import DepartmentForm, Source, Status, Submission, submission_to_json
from normalize.form.catalogue import text_to_catalogue
from normalize.form.catalogue_file import check_catalogue
from shenbao.cli import cli
from shenbao.exits import BAD_DATA, NO_INPUT
from tests.normalize.form.test_catalogue_file import HEAD, LINE


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["catalogue", *map(str, arguments)])


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_mistake_is_named_with_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path / "ours.csv", HEAD + LINE.replace("fixed", "free"))
    result = run("check", path)
    assert (result.exit_code, f"{path}:2: scope “free”" in result.output) == (BAD_DATA, True)
    assert run("check", written(path, HEAD + LINE)).exit_code == 0


def test_a_catalogue_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert run("check", tmp_path / "none.csv").exit_code == NO_INPUT
    assert run("diff", "indicators-frame", "nowhere").exit_code == NO_INPUT


def test_the_difference_of_two_catalogues_is_shown_line_by_line(tmp_path: Path) -> None:
    old = written(tmp_path / "old.csv", HEAD + LINE + LINE.replace("A1", "A2").replace("培训", "宣传"))
    new = written(
        tmp_path / "new.csv",
        HEAD + LINE.replace(",场,", ",次,") + LINE.replace("A1", "A3").replace("培训", "评审"),
    )
    assert run("diff", old, new).output.splitlines() == [
        "~ A1 unit: 场 → 次",
        "- A2 产出指标 / 数量指标 / 宣传场次",
        "+ A3 产出指标 / 数量指标 / 评审场次",
    ]
    assert run("diff", old, old).output == "the same\n"


def result(name: str, number: int, status: Status = "accepted") -> str:
    target = Value.model_validate(
        {"text": f"≥{number}场", "comparator": ">=", "number": number, "unit": "场"}
    )
    rows = (
        AnnualIndicator(
            level1="履职效能", level2=f"核心业务产出{number}", level3="法律援助场次", target=target
        ),
        AnnualIndicator(level1="履职效能", level2="核心业务产出9", level3=f"{name}自有任务", target=target),
    )
    form = DepartmentForm(layout="hubei-2025", data=DepartmentOverall(annual=Annual(indicators=rows)))
    source = Source(name=name, sha256=str(number) * 64, media_type="text/plain", bytes=1)
    return submission_to_json(Submission(source=source, status=status, forms=(form,)))


@pytest.fixture
def season(tmp_path: Path) -> Path:
    folder = tmp_path / "season"
    folder.mkdir()
    for number, (name, status) in enumerate({"a": "accepted", "b": "accepted", "c": "review"}.items(), 1):
        written(folder / f"{name}.json", result(name, number, status))  # type: ignore[arg-type]
    return folder


def test_what_accepted_forms_share_is_proposed_with_counts_and_sources(season: Path, tmp_path: Path) -> None:
    path = tmp_path / "learned.csv"
    assert run("learn", season, "-o", path, "--least", "2").exit_code == 0
    text = path.read_text("utf-8")
    (line,) = csv.DictReader(text.splitlines())
    assert (line["level2"], line["level3"], line["unit"], line["direction"]) == (
        "核心业务产出{n}", "法律援助场次", "场", "more",
    )  # fmt: skip
    assert (line["signed"], line["count"], line["sources"]) == ("no", "2", "a;b")
    assert list(check_catalogue(text)) == []
    assert text_to_catalogue(text).entries == ()
    assert len(text_to_catalogue(text.replace(",no,", ",yes,")).entries) == 1


def test_a_proposal_overwrites_nothing(season: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "mine.csv", "mine")
    assert run("learn", season, "-o", path).exit_code != 0
    assert path.read_text("utf-8") == "mine"
    assert run("learn", tmp_path / "nowhere", "-o", tmp_path / "new.csv").exit_code == NO_INPUT
