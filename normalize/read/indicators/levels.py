"""Levels 1 and 2 of the indicators: printed once for a run of rows, blank below; late or lost ones are restored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.channel.decision import Decision, read_together
from normalize.channel.observation import PictureText
from normalize.form.catalogue import NUMBER_MARK
from normalize.notes.certainty import agreement
from normalize.notes.notes import Notes
from normalize.notes.own_text import note_broken
from normalize.table.emissions import UNREAD_TEXT
from normalize.table.logical_rows import CellText, LogicalRow
from normalize.text.fold import key

HISTORY = ("year_before_last", "last_year")
VALUE_KEYS = (*HISTORY, "target")
PRINTED = 8.0
"""How much less likely it is that a clerk rewords a label that the form prints by itself, in nats."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A logical row with its place in the result and its twin in the other horizon."""

    row: LogicalRow
    path: str
    twin: LogicalRow | None
    twin_path: str | None

    def piece(self, name: str) -> CellText | None:
        """What was read in a column; `None` where nothing was, be it blank or print that could not be read."""
        piece = self.row.fields.get(name)
        return None if piece is None or piece.text == UNREAD_TEXT else piece


def read_labels(rows: Sequence[Placed], texts: dict[str, str | None], notes: Notes) -> None:
    """Fill levels 1 and 2 of every row into `texts`, by path."""
    for level, least_case in (("level1", 2), ("level2", 1)):
        number = 0
        for run in _runs(rows, least_case):
            state = run[0].row.state
            if level == "level2" and state.numbered:
                number = _read_numbered(run, number, texts, notes)
            else:
                _read_run(run, level, getattr(state, level), texts, notes)
            number = number if state.numbered else 0


def _runs(rows: Sequence[Placed], least_case: int) -> Iterator[list[Placed]]:
    run: list[Placed] = []
    for row in rows:
        if run and row.row.case >= least_case and not _stands_under(row, run[0], least_case):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _stands_under(row: Placed, first: Placed, least_case: int) -> bool:
    """Whether a row without a label of its own stands under a department's own level 2, printed above it."""
    here, above = row.row, first.row
    own = here.state.level2 is None is above.state.level2 and here.state.level1 == above.state.level1
    return least_case < 2 and own and "level2" not in here.fields


def _read_run(
    run: Sequence[Placed], level: str, name: str | None, texts: dict[str, str | None], notes: Notes
) -> None:
    """One label for a run of rows; where it was printed too late or not at all, it is restored and noted."""
    printed = [(row, piece) for row in run if (piece := row.piece(level))]
    decisions = read_together(
        [piece.observation for _, piece in printed], [name] if name else [], printed=PRINTED
    )
    said = [decision.text for decision in decisions]
    text = name if name in said or not said else said[0]
    known = decisions[0].confidence if decisions and text == name else agreement(p.slots for _, p in printed)
    for row in run:
        path = f"{row.path}/{level}"
        texts[path] = text
        source = next((piece for r, piece in printed if r is row), printed[0][1] if printed else None)
        if source:
            notes.saw(path, source.slots, "catalogue" if row is not printed[0][0] else "cell", known)
    for (row, piece), decision in zip(printed, decisions, strict=True):
        note_decision(f"{row.path}/{level}", piece, decision, f"一、二级指标名称（目录）：{name}", notes)
        if name and decision.kind == "reworded" and not decision.doubt:
            message = f"表中印为“{decision.text}”，指标目录为“{name}”，可能未读全，请核对"
            for below in run:
                notes.find(
                    "label-differs", f"{below.path}/{level}", message, expected=name, actual=decision.text
                )
        if decision.doubt:  # the rows below stand under the same doubtful label
            for below in run:
                note_doubt(f"{below.path}/{level}", piece, decision, notes)
    if text and (not printed or printed[0][0] is not run[0]):
        late = run[: run.index(printed[0][0])] if printed else run
        for row in late:
            notes.repair(
                f"{row.path}/{level}",
                "label",
                None,
                text,
                "指标目录的层级" + ("，下方行印有此名称" if printed else ""),
            )
    if text and not name:
        _note_own_label(run, level, text, notes)
    if not printed and (run[0].row.state.own or run[0].row.rivals):
        for row in run:
            notes.find(
                "label-lost",
                f"{row.path}/{level}",
                f"未读到{_LEVEL[level]}名称，按目录补为“{text or ''}”，请核对",
            )


def _note_own_label(run: Sequence[Placed], level: str, text: str, notes: Notes) -> None:
    """Doubts about a label that the catalogue does not have: its twin reads otherwise, or a word of it is broken."""
    for row in run:
        path, there = f"{row.path}/{level}", row.twin.fields.get(level) if row.twin else None
        if there and key(there.text) != key(text):
            message = f"{_LEVEL[level]}名称读作“{text}”，另一期为“{there.text}”，请核对"
            notes.find("names-differ", path, message, expected=there.text, actual=text)
        note_broken(path, text, notes)


_LEVEL = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}


def _read_numbered(run: Sequence[Placed], before: int, texts: dict[str, str | None], notes: Notes) -> int:
    """核心业务产出n: the stem through the channel, the number checked against the sequence and the twin."""
    first = run[0]
    path, piece = f"{first.path}/level2", first.piece("level2")
    stem = (first.row.state.level2 or "").replace(NUMBER_MARK, "")
    twin = first.twin.fields.get("level2") if first.twin else None
    if piece is None:
        lost = before == 0 or (twin is not None and not twin.text.endswith(str(before)))
        text = f"{stem}{before + lost}"
        if lost:
            notes.repair(path, "label", None, text, "指标目录的层级和序号")
            notes.find("label-lost", path, f"未读到二级指标名称，按序号补为“{text}”，请核对")
        for row in run:
            texts[f"{row.path}/level2"] = text
        return before + lost
    digits = re.search(r"\d+$", piece.text)
    cell = piece.observation
    pictured = isinstance(cell, PictureText)  # only a picture can be asked for a number that was not read
    standard = stem + (digits.group() if digits else str(before + 1) if pictured else "")
    decision = read_together([cell], [standard], printed=PRINTED)[0]
    text = decision.text
    digits = re.search(r"\d+$", text)
    if pictured and not digits and decision.doubt:
        text = standard  # its place in the sequence is better evidence than a picture that lost it
        digits = re.search(r"\d+$", text)
        notes.repair(path, "label", piece.text, text, "指标目录的层级和序号")
    number = int(digits.group()) if digits else 0
    note_decision(path, piece, decision, f"二级指标名称（目录）：{stem}", notes, after=text)
    as_twin = twin is not None and key(twin.text) == key(text) and (number > 0 or not pictured)
    if number != before + 1 and not as_twin:
        notes.find("low-confidence", path, f"二级指标“{text}”的序号与上一行不连续，请核对", actual=text)
    for row in run:
        texts[f"{row.path}/level2"] = text
        notes.saw(
            f"{row.path}/level2", piece.slots, "cell" if row is first else "catalogue", decision.confidence
        )
    return number or before + 1


def note_decision(
    path: str, piece: CellText, decision: Decision, because: str, notes: Notes, after: str | None = None
) -> None:
    """Note what a decision did to the text at `path`: a repair, a doubt, or nothing."""
    repair_path = f"{path}/text" if path.rsplit("/", 1)[1] in VALUE_KEYS else path
    kind = decision.kind
    if kind in ("typo", "slip", "twin", "digit"):
        why = because if kind != "twin" else "同一指标的其他单元格"
        notes.repair(
            repair_path, kind, piece.text, after or decision.text, why, decision.confidence, decision.rival
        )
    if decision.doubt:
        note_doubt(path, piece, decision, notes)


def note_doubt(path: str, piece: CellText, decision: Decision, notes: Notes) -> None:
    """Ask a person to look at a text that was changed, or left, on weak evidence."""
    if decision.repaired:
        message = f"“{piece.text}”改为“{decision.text}”，图像证据不足，请核对"
        notes.find("low-confidence", path, message, expected=decision.text, actual=piece.text)
    else:
        message = f"“{piece.text}”可能应为“{decision.rival}”，证据不足，未改动，请核对"
        notes.find("unrepaired-typo", path, message, expected=decision.rival, actual=piece.text)
