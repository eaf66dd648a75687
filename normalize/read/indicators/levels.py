"""Levels 1 and 2 of the indicators: printed once for a run of rows, blank below; late or lost ones are restored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from models.finding import Origin
from normalize.channel.decision import Decision, read_together
from normalize.channel.observation import PictureText
from normalize.form.catalogue import NUMBER_MARK
from normalize.notes.certainty import agreement
from normalize.notes.decisions import note_decision, note_doubt
from normalize.notes.notes import Notebook, Notes, Read
from normalize.notes.own_text import note_broken
from normalize.read.indicators.inferred_rows import is_of_labels
from normalize.read.indicators.placed import PRINTED_LABEL_NATS, IndicatorRow, Texts
from normalize.read.indicators.settled import twin_confirms, twin_contradicts
from normalize.table.logical_rows import FieldText
from normalize.text.fold import skeleton

_NEW_LEVEL_CASES = {"level1": 2, "level2": 1}
"""The least case of the table's model (`normalize.table.model.CASES`) in which a row begins a new label of the level."""
_LEVEL_NAMES = {"level1": "一级指标", "level2": "二级指标"}


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows of one label in a level's column, and the cells of them in which it is printed."""

    rows: tuple[IndicatorRow, ...]
    level: str

    @property
    def printed(self) -> tuple[tuple[IndicatorRow, FieldText], ...]:
        """The rows whose cell of this level has something printed, with what was read there."""
        return tuple((row, piece) for row in self.rows if (piece := row.piece(self.level)))

    @property
    def late(self) -> tuple[IndicatorRow, ...]:
        """The rows above the first that has the label printed."""
        first = next((n for n, row in enumerate(self.rows) if row.piece(self.level)), len(self.rows))
        return self.rows[:first]

    def path(self, row: IndicatorRow) -> str:
        """Where the label of one of the rows stands in the result."""
        return f"{row.path}/{self.level}"


@dataclass(frozen=True, slots=True)
class _Label:
    """The text of a label, and the number behind its stem that the next one follows: 3 of 核心业务产出3."""

    text: str | None
    number: int = 0


def read_labels(rows: Sequence[IndicatorRow], labels: re.Pattern[str]) -> Read[Texts]:
    """Levels 1 and 2 of every row of one horizon, by path. `labels` match those of the catalogue."""
    book, texts = Notebook(), dict[str, str | None]()
    for level in _NEW_LEVEL_CASES:
        number = 0
        for run in _runs(rows, level):
            state = run.rows[0].row.state
            if level == "level2" and state.numbered:
                label = book.take(_read_numbered(run, number))
            else:
                label = book.take(_read_label(run, getattr(state, level), labels))
            texts |= {run.path(row): label.text for row in run.rows}
            number = label.number
    return Read(texts, book.notes())


def _runs(rows: Sequence[IndicatorRow], level: str) -> Iterator[_Run]:
    run: list[IndicatorRow] = []
    for row in rows:
        if run and row.row.case >= _NEW_LEVEL_CASES[level] and not _stands_under(row, run[0], level):
            yield _Run(tuple(run), level)
            run = []
        run.append(row)
    if run:
        yield _Run(tuple(run), level)


def _stands_under(row: IndicatorRow, first: IndicatorRow, level: str) -> bool:
    """Whether a row without a label of its own stands under a department's own level 2, printed above it."""
    here, above = row.row, first.row
    own = here.state.level2 is None is above.state.level2 and here.state.level1 == above.state.level1
    return level == "level2" and own and "level2" not in here.fields


def _read_label(run: _Run, name: str | None, labels: re.Pattern[str]) -> Read[_Label]:
    """One label for a run of rows, `name` in the catalogue; where it was printed too late or not at all, it is restored."""
    book, printed = Notebook(), run.printed
    observations = [piece.observation for _, piece in printed]
    decisions = read_together(observations, [name] if name else [], printed=PRINTED_LABEL_NATS)
    said = [decision.text for decision in decisions]
    text = name if name in said or not said else said[0]
    known = decisions[0].confidence if decisions and text == name else agreement(p.slots for _, p in printed)
    book.add(_note_places(run, known, text == name))
    for (row, piece), decision in zip(printed, decisions, strict=True):
        book.add(note_decision(run.path(row), piece, decision, f"一、二级指标名称（目录）：{name}"))
        book.add(
            _note_below(run, piece, decision, name, text == name and is_of_labels(decision.text, labels))
        )
    if text:
        because = "指标目录的层级" + ("，下方行印有此名称" if printed else "")
        for row in run.late:
            book.add_repair(run.path(row), "label", None, text, because)
    if text and not name:
        book.add(_note_own_label(run, text))
    if not printed and (run.rows[0].row.state.own or run.rows[0].row.rivals):
        message = f"未读到{_LEVEL_NAMES[run.level]}名称，按目录补为“{text or ''}”，请核对"
        for row in run.rows:
            if not (row.row.inferred and "level2" in row.row.fields and twin_confirms(row, run.level)):
                book.add_finding("label-lost", run.path(row), message)
    book.add(_note_other_labels(run))
    return Read(_Label(text), book.notes())


def _note_places(run: _Run, confidence: float, as_catalogue: bool) -> Notes:
    """Where the label of each row was read: its own cell, or else the first cell that has it printed.

    How far down a merged cell reaches is no doubt where the label is the one that the catalogue has for the row; of an
    own indicator whose row is a guess its label is one as well.
    """
    book, printed = Notebook(), run.printed
    for row in run.rows if printed else ():
        slots = (row.piece(run.level) or printed[0][1]).slots
        name = row.piece("level3")
        known = as_catalogue and not row.row.state.own and not row.row.rivals
        if known or (row.row.state.own and twin_confirms(row, run.level)):
            slots = tuple(replace(slot, placed=True) for slot in slots)
        elif row.row.state.own and name and not all(slot.placed for slot in name.slots):
            slots = tuple(replace(slot, placed=False) for slot in slots)
        origin: Origin = "cell" if row is printed[0][0] else "catalogue"
        book.read_at(run.path(row), slots, origin, confidence)
    return book.notes()


def _note_other_labels(run: _Run) -> Notes:
    """The doubt about the label of a department's own indicator of which the other horizon's table, where nothing is drawn
    around the cells either, says another one."""
    book = Notebook()
    for row in run.rows:
        twin = row.twin
        if twin and row.row.state.own and row.row.inferred and twin_contradicts(row, run.level):
            here, there = (getattr(one.state, run.level) or "" for one in (row.row, twin))
            message = f"{_LEVEL_NAMES[run.level]}名称在两期表中不同（“{here}”与“{there}”），请核对"
            book.add_finding("names-differ", run.path(row), message, expected=there, actual=here)
    return book.notes()


def _note_below(run: _Run, piece: FieldText, decision: Decision, name: str | None, strayed: bool) -> Notes:
    """What is doubtful about a printed label is doubtful for all rows under it, unless the rows are the catalogue's, whose
    names tell under which label they stand, and it was repaired or has strayed from other rows, as in inferred cells."""
    book = Notebook()
    for below in run.rows:
        fixed = not below.row.state.own and not below.row.rivals
        if decision.doubt and not (decision.repaired and fixed):
            book.add(note_doubt(run.path(below), piece, decision))
        elif name and decision.kind == "reworded" and not (strayed and below.row.inferred and fixed):
            message = f"表中印为“{decision.text}”，指标目录为“{name}”，可能未读全，请核对"
            book.add_finding("label-differs", run.path(below), message, expected=name, actual=decision.text)
    return book.notes()


def _note_own_label(run: _Run, text: str) -> Notes:
    """Doubts about a label that the catalogue does not have: its twin reads otherwise, or a word of it is broken."""
    book, printed = Notebook(), run.printed
    for row in run.rows:
        there = row.twin.fields.get(run.level) if row.twin else None
        if there and skeleton(there.text) != skeleton(text):
            message = f"{_LEVEL_NAMES[run.level]}名称读作“{text}”，另一期为“{there.text}”，请核对"
            book.add_finding("names-differ", run.path(row), message, expected=there.text, actual=text)
        slots = (row.piece(run.level) or printed[0][1]).slots
        book.add(note_broken(run.path(row), text, slots))
    return book.notes()


def _read_numbered(run: _Run, before: int) -> Read[_Label]:
    """A label with a number behind its stem, which follows number `before` or stands in the twin's row as well."""
    first = run.rows[0]
    stem = (first.row.state.level2 or "").replace(NUMBER_MARK, "")
    piece = first.piece("level2")
    if piece is None:
        return _restored_number(run, stem, before)
    book, path, twin = Notebook(), run.path(first), _twin_label(first)
    pictured = isinstance(
        piece.observation, PictureText
    )  # only a picture can be asked for a number that was not read
    standard = f"{stem}{_number(piece.text) or (before + 1 if pictured else '')}"
    decision = read_together([piece.observation], [standard], printed=PRINTED_LABEL_NATS)[0]
    text = decision.text
    if pictured and not _number(text) and decision.doubt:
        text = standard  # its place in the sequence is better evidence than a picture that lost it
        book.add_repair(path, "label", piece.text, text, "指标目录的层级和序号")
    number = int(_number(text) or 0)
    book.add(note_decision(path, piece, decision, f"二级指标名称（目录）：{stem}", after=text))
    as_twin = twin is not None and skeleton(twin) == skeleton(text) and (number > 0 or not pictured)
    if number != before + 1 and not as_twin:
        message = f"二级指标“{text}”的序号与上一行不连续，请核对"
        book.add_finding("low-confidence", path, message, actual=text)
    book.add(_note_odd_number(run, text, stem))
    for row in run.rows:
        origin: Origin = "cell" if row is first else "catalogue"
        slots = piece.slots
        if twin_confirms(row, "level2"):
            slots = tuple(replace(slot, placed=True) for slot in slots)
        book.read_at(run.path(row), slots, origin, decision.confidence)
    book.add(_note_other_labels(run))
    return Read(_Label(text, number or before + 1), book.notes())


def _note_odd_number(run: _Run, text: str, stem: str) -> Notes:
    """The doubt about a numbered label of inferred cells that is not just stem and number: a part stands in another cell."""
    book = Notebook()
    number = _number(text)
    odd = number is None or skeleton(text.removesuffix(number)) != skeleton(stem)
    for row in run.rows if odd else ():
        if row.row.inferred:
            for name in (run.level, "level3"):
                message = f"二级指标“{text}”与目录“{stem}”加序号不符，与相邻单元格可能混读，请核对"
                book.add_finding("label-differs", f"{row.path}/{name}", message, expected=stem, actual=text)
    return book.notes()


def _restored_number(run: _Run, stem: str, before: int) -> Read[_Label]:
    """The label of rows where none was read: the one above goes on, unless the twin's says that another begins."""
    book, path, twin = Notebook(), run.path(run.rows[0]), _twin_label(run.rows[0])
    lost = before == 0 or (twin is not None and not twin.endswith(str(before)))
    text = f"{stem}{before + lost}"
    if lost:
        book.add_repair(path, "label", None, text, "指标目录的层级和序号")
    if lost or (run.rows[0].row.inferred and run.rows[0].twin is None):
        book.add_finding("label-lost", path, f"未读到二级指标名称，按序号补为“{text}”，请核对")
    return Read(_Label(text, before + lost), book.notes())


def _twin_label(row: IndicatorRow) -> str | None:
    """What is printed as level 2 in the twin's row."""
    piece = row.twin.fields.get("level2") if row.twin else None
    return piece.text if piece else None


def _number(label: str) -> str | None:
    """The digits at the end of a label."""
    digits = re.search(r"\d+$", label)
    return digits.group() if digits else None
