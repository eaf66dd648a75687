"""A page that cannot be drawn says why; a defect of ours is told as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from shenbao.desk.pages import page_jobs
from shenbao.desk.pages.originals import Original
from shenbao.desk.pages.page_jobs import PageTask, make_page


def task(folder: Path) -> PageTask:
    return PageTask(Original(folder / "a.pdf"), 1, folder / "page.jpg")


def test_an_original_that_is_gone_is_told(tmp_path: Path) -> None:
    assert make_page(task(tmp_path)).startswith("原件读不出来：")


def test_a_defect_of_ours_is_told_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, task: PageTask) -> str:
        return str(1 // 0)

    monkeypatch.setattr(page_jobs, "_draw", broken)
    said = make_page(task(tmp_path))
    assert "程序出错（ZeroDivisionError，test_page_jobs.py:" in said
    assert not (tmp_path / "page.jpg").exists()
