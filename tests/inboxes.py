"""Small inboxes for tests: a form's first lines under made-up departments, and a run over them."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shenbao.bounded.limits import WorkLimits
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output
from shenbao.ingest.run import ingest_inbox
from shenbao.ingest.workers.plan import Plan
from shenbao.ingest.workers.recipe import Recipe
from shenbao.ingest.workers.work import Task, TaskOutcome, work
from shenbao.readers import Settings

FORM = """部门整体绩效目标申报表

填报日期: 2025 年 10 月 20 日

单位: 万元

部门(单位)名称\t{department}
填报人\t李明华\t联系电话\t13800138000
部门总体资金情况\t总体资金情况\t\t当年金额\t占比\t近两年收支金额
\t\t\t\t\t2024 年\t2025 年
\t收入构成\t财政拨款\t{amount}\t100%\t1834\t1865
\t\t合计\t{amount}\t100%\t\t
\t支出构成\t人员类项目支出\t{amount}\t100%\t1834\t1865
\t\t合计\t{amount}\t100%\t\t
部门职能概述\t1. 负责全县有关工作;
年度工作任务\t1. 完成全年工作;
"""
RECIPE = Recipe("a" * 64, "b" * 64)


def form(department: str, amount: str = "1932.41") -> str:
    return FORM.format(department=department, amount=amount)


def put(path: Path, content: str | bytes, age: float = 60) -> Path:
    """Write a file that was last touched `age` seconds ago, as far as a file system lets one say so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    status = path.stat()
    os.utime(path, (status.st_atime, status.st_mtime - age))
    return path


@dataclass
class Heard:
    """A listener that remembers."""

    outcomes: list[TaskOutcome] = field(default_factory=list)
    events: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def look(self, files: int) -> None:
        self.events.append(("look", {"files": files}))

    def settled(self) -> None:
        pass

    def ended(self, outcome: TaskOutcome) -> None:
        self.outcomes.append(outcome)

    def said(self, event: str, **details: object) -> None:
        self.events.append((event, details))

    @property
    def read(self) -> list[str]:
        return sorted(outcome.task.name for outcome in self.outcomes)


@dataclass
class Season:
    """An inbox and its output; `run` reads it once and gives what was heard."""

    inbox: Path
    output: Output
    function: Callable[[Task], TaskOutcome] = work
    limits: WorkLimits = field(default_factory=lambda: WorkLimits(60, 2**31))

    def run(self, recipe: Recipe = RECIPE, heard: Heard | None = None, **changes: Any) -> Heard:
        heard = heard or Heard()
        ledger = Ledger(self.output.ledger)
        plan = Plan(self.inbox, self.output, Settings(), recipe, 1, self.limits, 0.0, self.function)
        try:
            ingest_inbox(replace(plan, **changes), ledger, heard)
        finally:
            ledger.close()
        return heard

    def results(self) -> dict[str, bytes]:
        folder = self.output.results
        assert isinstance(folder, Path)
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.json")}

    def ledger(self) -> Ledger:
        return Ledger(self.output.ledger)


def season(folder: Path, **files: str) -> Season:
    """A season with these files in its inbox."""
    made = Season(folder / "in", Output(folder / "out"))
    made.inbox.mkdir(parents=True, exist_ok=True)
    made.output.prepare()
    for name, content in files.items():
        put(made.inbox / f"{name}.md", content)
    return made
