"""When a new reconciliation is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenbao.ingest.report.write import write_report
from tests import inboxes
from tests.inboxes import Season, form, put


@pytest.fixture
def season(tmp_path: Path) -> Season:
    made = inboxes.season(tmp_path, a=form("阳新县司法局"))
    made.run()
    return made


def written(season: Season, expect: Path | None = None, growing: tuple[str, ...] = ()) -> bool:
    """Whether a report was made."""
    ledger = season.ledger()
    try:
        return write_report(season.output, ledger, growing, expect) is not None
    finally:
        ledger.close()


def test_the_same_books_are_not_written_twice(season: Season) -> None:
    assert written(season)
    assert not written(season)


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_a_report_that_was_taken_away_is_written_again(season: Season, ending: str) -> None:
    written(season)
    (season.output.root / f"reconciliation.{ending}").unlink()
    assert written(season)
    assert (season.output.root / f"reconciliation.{ending}").is_file()


def test_a_new_file_a_new_list_and_a_file_that_grows_are_worth_a_report(season: Season) -> None:
    written(season)
    listed = put(season.inbox.parent / "list.csv", "部门\n阳新县司法局\n阳新县教育局\n")
    assert written(season, listed)
    assert "阳新县教育局" in (season.output.root / "reconciliation.html").read_text("utf-8")
    assert written(season, listed, ("b.md",))
    put(season.inbox / "c.md", form("阳新县水利局"))
    season.run()
    assert written(season, listed, ("b.md",))
