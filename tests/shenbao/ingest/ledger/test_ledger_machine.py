"""Whatever is done to a ledger in whatever order, and whenever it is opened again, it says what was written."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from shenbao.ingest.ledger.books import File, FormRow, ResultDigest, Work, WorkState
from shenbao.ingest.ledger.ledger import Ledger

NAMES = st.sampled_from(["a.md", "处/b.docx", "c\u202e.pdf", "'; drop table works; --"])
SHAS = st.sampled_from(["0" * 64, "1" * 64, "2" * 64])
STATES: st.SearchStrategy[WorkState] = st.sampled_from(
    ["found", "reading", "done", "review", "rejected", "failed"]
)
REASONS = st.sampled_from(["", "无法读取", "a\nb"])


class LedgerMachine(RuleBasedStateMachine):
    """The ledger beside the dictionaries that it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = Ledger(Path(self.folder.name, "ledger.sqlite"))
        self.files: dict[str, File] = {}
        self.works: dict[str, Work] = {}
        self.forms: dict[str, tuple[FormRow, ...]] = {}
        self.digests: dict[str, str] = {}

    @rule(name=NAMES, sha=st.none() | SHAS, reason=REASONS)
    def record_file(self, name: str, sha: str | None, reason: str) -> None:
        file = File(name, f"1:{reason!r}", 1, sha, reason)
        self.ledger.record(files=[file])
        self.files[name] = file

    @rule(sha=SHAS, name=st.none() | NAMES, state=STATES, forms=st.integers(0, 2))
    def record_work(self, sha: str, name: str | None, state: WorkState, forms: int) -> None:
        work = Work(sha, name, "b" * 64, state, 1, "r", 0.5)
        rows = tuple(FormRow(sha, n, "hubei", "甲局", 2025, "万元", None, None) for n in range(1, forms + 1))
        ended = state != "reading"
        self.ledger.record(
            works=[work], forms=rows if ended else (), digests=[ResultDigest(sha, "d" * 64)] if ended else []
        )
        self.works[sha] = work
        if ended:
            self.forms[sha] = rows
            self.digests[sha] = "d" * 64

    @rule(names=st.lists(NAMES, max_size=3))
    def forget(self, names: list[str]) -> None:
        self.ledger.forget(names)
        self.files = {name: file for name, file in self.files.items() if name not in names}

    @rule(shas=st.lists(SHAS, max_size=2))
    def disown(self, shas: list[str]) -> None:
        self.ledger.disown(shas)
        for sha in set(shas) & self.works.keys():
            self.works[sha] = replace(self.works[sha], name=None)
        self.forms = {sha: rows for sha, rows in self.forms.items() if sha not in shas}

    @rule()
    def roll_back(self) -> None:
        left = [sha for sha, work in self.works.items() if work.state == "reading"]
        assert self.ledger.roll_back() == len(left)
        for sha in left:
            self.works[sha] = replace(self.works[sha], state="found")

    @rule(states=st.sets(STATES))
    def retry(self, states: set[WorkState]) -> None:
        again = [sha for sha, work in self.works.items() if work.state in states and work.name is not None]
        unread = [name for name, file in self.files.items() if file.sha256 is None]
        assert self.ledger.retry(states) == len(again) + len(unread)
        for sha in again:
            self.works[sha] = replace(self.works[sha], state="found")
        for name in unread:
            del self.files[name]

    @rule()
    def open_again(self) -> None:
        self.ledger.close()
        self.ledger = Ledger(Path(self.folder.name, "ledger.sqlite"))

    @invariant()
    def says_what_was_written(self) -> None:
        assert self.ledger.files() == self.files
        assert self.ledger.works() == self.works
        assert self.ledger.forms() == [row for sha in sorted(self.forms) for row in self.forms[sha]]
        assert self.ledger.digests() == self.digests

    def teardown(self) -> None:
        self.ledger.close()
        self.folder.cleanup()


TestLedger = LedgerMachine.TestCase
TestLedger.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)
