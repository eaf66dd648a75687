"""The margin of a printed form: repairs marked where they changed the text, findings beside their row."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from difflib import SequenceMatcher

from rich.text import Text

from models.finding import Finding, Repair
from models.submission import Form
from shenbao.places import place_in_words
from shenbao.text_gate import printable

_SEVERITY = {"error": ("✗", "red"), "warning": ("！", "yellow"), "info": ("·", "cyan")}
DASH = "—"
_ALIKE_SHARE = 0.5
"""Texts of which a smaller share is alike are shown one after the other, not character by character."""


class Margin:
    """Hands out a form's repairs and findings by path, each once; what nobody asked for is the rest."""

    def __init__(self, form: Form) -> None:
        self._data = form.data
        self._repairs = list(form.repairs)
        self._findings = list(form.findings)

    def value(self, path: str, value: object) -> Text:
        """The value at `path`, with the marks of what a repair changed in it."""
        text = "" if value is None else format(value, "f") if isinstance(value, Decimal) else str(value)
        taken = [repair for repair in self._repairs if _is_under(repair.path, path)]
        self._repairs = [repair for repair in self._repairs if repair not in taken]
        repair = next((r for r in taken if r.after == text), None)
        if repair:
            marked = mark_change(repair.before or "", text)
        else:
            marked = Text(printable(text)) if value is not None else Text(DASH, "dim")
        for other in taken:
            if other is not repair:
                marked.append("\n").append(_repair_to_text(other))
        return marked

    def at(self, path: str) -> Text:
        """Findings about the section at `path` itself."""
        return self._take([finding for finding in self._findings if finding.path == path])

    def beside(self, path: str) -> Text:
        """Findings about the row at `path` and everything in it."""
        return self._take([f for f in self._findings if f.path is not None and _is_under(f.path, path)])

    def rest(self) -> Text:
        """Findings and repairs whose place was not printed."""
        lines = [_repair_to_text(repair, self._place(repair.path)) for repair in self._repairs]
        lines += [_finding_to_text(finding, self._place(finding.path)) for finding in self._findings]
        return Text("\n").join(lines)

    def _place(self, path: str | None) -> str:
        """The place in the form's words, and its pointer."""
        words = place_in_words(self._data, path)
        return f"{words}（{path}）" if path and words != path else words

    def _take(self, findings: list[Finding]) -> Text:
        self._findings = [finding for finding in self._findings if finding not in findings]
        return findings_to_text(findings)


def _is_under(path: str, ancestor: str) -> bool:
    return path == ancestor or path.startswith(f"{ancestor}/")


def findings_to_text(findings: Iterable[Finding]) -> Text:
    """One line a finding, its mark coloured by severity; what is said of several cells is said once."""
    lines = {(finding.severity, finding.message): _finding_to_text(finding) for finding in findings}
    return Text("\n").join(lines.values())


def _finding_to_text(finding: Finding, place: str = "") -> Text:
    mark, colour = _SEVERITY[finding.severity]
    where = f"{place}：" if place else ""
    return Text.assemble((mark, f"bold {colour}"), printable(where + finding.message))


def _repair_to_text(repair: Repair, place: str = "") -> Text:
    return Text.assemble(printable(f"{place} "), mark_change(repair.before or "", repair.after))


def mark_change(before: str, after: str) -> Text:
    """What was read struck through and red, what it became green; brackets tell them apart without colour.

    >>> mark_change("由保障", "有保障").plain
    '〔由→有〕保障'
    """
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    steps = (
        matcher.get_opcodes()
        if matcher.ratio() >= _ALIKE_SHARE
        else [("replace", 0, len(before), 0, len(after))]
    )
    marked = Text()
    for step, i1, i2, j1, j2 in steps:
        if step == "equal":
            marked.append(printable(after[j1:j2]))
        else:
            marked.append("〔").append(printable(before[i1:i2]), "strike red").append("→")
            marked.append(printable(after[j1:j2]), "green").append("〕")
    return marked
