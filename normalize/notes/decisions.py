"""What the channel's decision about a cell leaves to be said: the repair that it made, or the doubt that it left."""

from __future__ import annotations

from normalize.channel.decision import Decision
from normalize.notes.notes import NO_NOTES, Notebook, Notes
from normalize.table.logical_rows import FieldText


def note_decision(
    path: str,
    piece: FieldText,
    decision: Decision,
    because: str,
    *,
    after: str | None = None,
    text_path: str | None = None,
) -> Notes:
    """What `decision` did to the text of `piece`, the value at `path`: a repair, a doubt, or nothing.

    `after`: the text that stands, where it is not the decision's; `text_path`: where the text stands in the data, where
    that is not `path` itself; `because` says who settled it, unless the twin did.
    """
    if not (decision.repaired or decision.doubt):
        return NO_NOTES
    book = Notebook()
    kind = decision.kind
    if kind in ("typo", "slip", "twin", "digit"):
        why = because if kind != "twin" else "同一指标的其他单元格"
        text = after or decision.text
        book.add_repair(text_path or path, kind, piece.text, text, why, decision.confidence, decision.rival)
    if decision.doubt:
        book.add(note_doubt(path, piece, decision))
    return book.notes()


def note_doubt(path: str, piece: FieldText, decision: Decision) -> Notes:
    """The doubt about a text that was changed, or left, on weak evidence."""
    book = Notebook()
    if decision.repaired:
        message = f"“{piece.text}”改为“{decision.text}”，图像证据不足，请核对"
        book.add_finding("low-confidence", path, message, expected=decision.text, actual=piece.text)
    else:
        message = f"“{piece.text}”可能应为“{decision.rival}”，证据不足，未改动，请核对"
        book.add_finding("unrepaired-typo", path, message, expected=decision.rival, actual=piece.text)
    return book.notes()
