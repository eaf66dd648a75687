"""An inbox that changes and results that follow it: what is read, what is not read twice, what is never lost."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from bench.tables import FONT
from models.submission import submission_to_json
from shenbao.ingest.inbox.look import InboxGoneError, UnwritableError
from shenbao.ingest.ledger.books import READ_STATES
from shenbao.ingest.ledger.state import counts
from shenbao.ingest.workers.recipe import Recipe
from shenbao.ingest.workers.work import Task, TaskOutcome, work
from shenbao.pipeline import read_submission
from shenbao.readers import Settings
from tests.drawn import canvas_at
from tests.inboxes import FORM, RECIPE, form, put, season
from tests.places import SAMPLES


def test_results_are_those_of_extract_in_the_folders_of_the_inbox(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    put(made.inbox / "乡镇" / "b.md", form("阳新县教育局"))
    made.run()
    alone = submission_to_json(read_submission(made.inbox / "a.md", Settings()))
    assert made.results().keys() == {"a.md.json", "乡镇/b.md.json"}
    assert made.results()["a.md.json"].decode() == alone


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    assert made.run().read == ["a.md"]
    assert made.run().read == []


def test_a_file_with_a_new_date_and_the_same_content_is_not_read_again(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    put(made.inbox / "a.md", form("阳新县司法局"), age=9)
    assert made.run().read == []


def test_a_replaced_file_replaces_its_result(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    put(made.inbox / "a.md", form("阳新县教育局"))
    made.run()
    assert "阳新县教育局" in made.results()["a.md.json"].decode()


def test_a_duplicate_has_no_result_of_its_own_under_any_name(tmp_path: Path) -> None:
    made = season(tmp_path, b=form("阳新县司法局"), a=form("阳新县司法局"))
    heard = made.run()
    assert made.results().keys() == {"a.md.json"}
    assert ("duplicate", {"name": "b.md", "of": "a.md"}) in heard.events
    assert counts(made.ledger())["duplicate"] == 1


def test_a_renamed_file_takes_its_result_along_without_being_read_again(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    (made.inbox / "a.md").rename(made.inbox / "新名.md")
    (outcome,) = made.run().outcomes
    assert outcome.cached
    assert made.results().keys() == {"新名.md.json"}


def sealed_scan(path: Path) -> None:
    """The scanned front page of a sample, with its red seal over the text."""
    with pypdfium2.PdfDocument(SAMPLES / "jiaotong-mixed.pdf") as whole, pypdfium2.PdfDocument.new() as page:
        page.import_pages(whole, [0])
        page.save(path)


def unruled_print(path: Path) -> None:
    """A form's first lines printed in columns without a ruling line."""
    canvas = canvas_at(path)
    canvas.setFont(FONT, 9)
    for row, line in enumerate(FORM.format(department="阳新县司法局", amount="1932.41").split("\n")):
        for column, text in enumerate(line.split("\t")):
            canvas.drawString(40 + 75 * column, 780 - 22 * row, text)
    canvas.save()


@pytest.mark.parametrize("draw", [sealed_scan, unruled_print])
def test_a_renamed_picture_or_guessed_table_changes_nothing_but_its_name(
    tmp_path: Path, draw: Callable[[Path], None]
) -> None:
    made = season(tmp_path)
    draw(made.inbox / "a.pdf")
    made.run()
    before = made.results()["a.pdf.json"].decode()
    (made.inbox / "a.pdf").rename(made.inbox / "b.pdf")
    (outcome,) = made.run().outcomes
    assert outcome.cached
    assert made.results() == {"b.pdf.json": before.replace('"a.pdf"', '"b.pdf"').encode()}


def test_the_result_of_a_file_taken_away_is_set_aside_and_comes_back_with_it(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"), b=form("阳新县教育局"))
    made.run()
    before = made.results()
    (made.inbox / "a.md").rename(tmp_path / "a.md")
    made.run()
    assert made.results().keys() == {"b.md.json"}
    assert (made.output.withdrawn / "a.md.json").read_bytes() == before["a.md.json"]
    (tmp_path / "a.md").rename(made.inbox / "a.md")
    made.run()
    assert made.results() == before


def test_two_files_may_change_names(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"), b=form("阳新县教育局"))
    made.run()
    (made.inbox / "a.md").rename(made.inbox / "c")
    (made.inbox / "b.md").rename(made.inbox / "a.md")
    (made.inbox / "c").rename(made.inbox / "b.md")
    made.run()
    assert "阳新县教育局" in made.results()["a.md.json"].decode()
    assert "阳新县司法局" in made.results()["b.md.json"].decode()


def test_a_new_catalogue_decodes_again_and_does_not_read_again(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    before = made.results()
    (outcome,) = made.run(Recipe(RECIPE.reading, "c" * 64)).outcomes
    assert outcome.cached
    assert made.results() == before


def test_a_new_reader_reads_again(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    (outcome,) = made.run(Recipe("d" * 64, "d" * 64)).outcomes
    assert not outcome.cached


def test_a_changed_result_is_noticed_and_written_again(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"), b=form("阳新县教育局"))
    made.run()
    before = made.results()
    result = made.output.results / "a.md.json"
    assert isinstance(result, Path)
    result.write_text(result.read_text("utf-8").replace("1932.41", "9932.41"), "utf-8")
    heard = made.run()
    assert ("changed-result", {"name": "a.md"}) in heard.events
    assert heard.read == ["a.md"]
    assert made.results() == before
    assert made.run().read == []


def test_a_deleted_result_is_made_anew(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    before = made.results()
    made.output.result("a.md").unlink()
    made.run()
    assert made.results() == before


def test_a_file_that_grows_is_taken_when_it_is_whole(tmp_path: Path) -> None:
    made = season(tmp_path)
    whole = form("阳新县司法局")
    slow = made.inbox / "slow.md"
    slow.write_text(whole[:300], "utf-8")

    def grow() -> None:
        with slow.open("a", encoding="utf-8") as file:
            for start in range(300, len(whole), 100):
                time.sleep(0.1)
                file.write(whole[start : start + 100])
                file.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    heard = made.run(settle=0.4)
    writer.join()
    assert heard.read == ["slow.md"]
    result = json.loads(made.results()["slow.md.json"])
    assert result["source"]["bytes"] == len(whole.encode())


def changing(task: Task) -> TaskOutcome:
    """A reader under whose hands the file changes the first time."""
    assert isinstance(task.path, Path)
    if task.path.stat().st_size < 400:
        put(task.path, form("阳新县教育局"))
    return work(task)


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    made = season(tmp_path, a="部门整体绩效目标申报表")
    made.function = changing
    heard = made.run()
    assert [outcome.verdict for outcome in heard.outcomes] == ["changed", "read"]
    assert "阳新县教育局" in made.results()["a.md.json"].decode()


def dying(task: Task) -> TaskOutcome:
    if task.name == "b.md":
        raise SystemExit(3)
    return work(task)


def test_a_file_that_kills_its_reader_is_recorded_and_the_others_are_read(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"), b="x", c=form("阳新县教育局"))
    made.function = dying
    made.run()
    assert made.results().keys() == {"a.md.json", "c.md.json"}
    (failed,) = [w for w in made.ledger().works().values() if w.state not in READ_STATES]
    assert (failed.name, failed.state, failed.code) == ("b.md", "failed", 70)
    assert made.run().read == []


def full(task: Task) -> TaskOutcome:
    return work(task) if task.name == "a.md" else TaskOutcome(task, "stop", reason="No space left on device")


def test_a_full_disk_ends_the_run_and_loses_nothing(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"), b=form("阳新县教育局"), c=form("阳新县财政局"))
    with pytest.raises(UnwritableError, match="No space left"):
        made.run(function=full)
    assert made.results().keys() == {"a.md.json"}
    assert made.run().read == ["b.md", "c.md"]


def test_an_inbox_that_is_gone_or_empty_all_at_once_changes_nothing(tmp_path: Path) -> None:
    made = season(tmp_path, a=form("阳新县司法局"))
    made.run()
    before = made.results()
    (made.inbox / "a.md").rename(tmp_path / "a.md")
    with pytest.raises(InboxGoneError, match="empty"):
        made.run()
    made.inbox.rmdir()
    with pytest.raises(InboxGoneError):
        made.run()
    assert made.results() == before
