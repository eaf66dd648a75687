"""Printed words of a form, found in the texts of its cells: matched through the channel, weighed against prose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.channel.misreading import misread_or_slipped
from normalize.channel.word_model import prose
from normalize.form.form_prices import FORM_PRICES
from normalize.text.fold import fold, is_chinese, skeleton


@dataclass(frozen=True, slots=True)
class Label:
    """A printed word of the form: its group (`field`, `section`, `heading`, `item`, `title`) and its name."""

    group: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in a slot, and the text that follows it in the same slot."""

    label: Label
    rest: str
    misread: bool


def label_shape(text: str) -> str:
    """A text as labels are compared: without punctuation, every run of digits one #."""
    return re.sub(r"\d+", "#", skeleton(text))


_UNTIL = re.compile(r"\s*[（(]\s*截?\D{0,2}(?:\d{4})?\s*\D{0,2}[)）]|\s*截[止至]\s*\d{4}\s*年")
"""（截止2030年） after 长期目标, whatever its characters were read as."""


_COLON = re.compile(r"[:：]\s*")
_MISREAD_COLON = "，,．.·、；; "
"""What a poor copy makes of the colon after a label."""
_SHORTEST = 2
"""A text with fewer characters than this is a label only as it stands."""
_RUN_TOGETHER = 3
"""A label with fewer characters than this is not looked for in front of a text."""
_LOOSE = 10
"""Brackets and blanks add at most this many characters to a label that runs into its text."""
_BEFORE_COLON = 16
"""A label with a colon has at most this many characters before it."""
_LONGEST = 20
"""A text with more characters than this is no label."""


def find_label(labels: tuple[Label, ...], raw: str) -> Hit | None:
    """A slot is a label, a label with a colon and a text, or a label run together with its text."""
    text = fold(raw)
    if not text:
        return None
    exact = _exact(labels, label_shape(text))
    if exact:
        return Hit(exact, "", False)
    colon = _COLON.search(raw)
    if colon and colon.start() <= _BEFORE_COLON:
        head = match_label(
            labels, label_shape(raw[: colon.start()]), least=2, prior=FORM_PRICES.label_at_colon
        )
        if head:
            rest = raw[colon.end() :]
            until = _UNTIL.match(rest)
            return Hit(head[0], rest[until.end() :] if until else rest, head[1])
    whole = match_label(labels, label_shape(text), least=3)
    return Hit(whole[0], "", True) if whole else _run_together(labels, raw)


def _exact(labels: tuple[Label, ...], shape: str) -> Label | None:
    return next((label for label in labels if label.text == shape), None)


def match_label(
    labels: tuple[Label, ...], shape: str, least: int, prior: float = FORM_PRICES.label
) -> tuple[Label, bool] | None:
    """The label a short text is, and whether it was misread: channel against the word model.

    `least`: how long a label must be to be recognised when misread; a colon after it makes up for a character.
    """
    exact = _exact(labels, shape)
    if exact:
        return exact, False
    if not _SHORTEST <= len(shape) <= _LONGEST:
        return None
    near = process.extract(
        shape,
        [label.text for label in labels],
        scorer=Levenshtein.distance,
        score_cutoff=len(shape) // 2,
        limit=4,
    )
    likely = [
        i
        for _, _, i in near
        if len(labels[i].text) >= least and labels[i].text.count("#") == shape.count("#")
    ]
    best = min(((misread_or_slipped(shape, labels[i].text), i) for i in likely), default=None)
    if (
        best is None
        or best[0] > FORM_PRICES.unreadable + FORM_PRICES.unreadable_each * len(shape)
        or best[0] + prior >= prose(shape.replace("#", ""))
    ):
        return None
    return labels[best[1]], True


def _run_together(labels: tuple[Label, ...], raw: str) -> Hit | None:
    """`部门（单位）名称江阳县交通局`: a field's or section's label directly followed by its text."""
    text = raw.strip()
    if len(text) <= _RUN_TOGETHER or not is_chinese(text[0]):
        return None
    for label in sorted(labels, key=lambda item: -len(item.text)):
        if (
            label.group not in ("field", "section")
            or len(label.text) < _RUN_TOGETHER
            or label.text[0] != label_shape(text[:1])
        ):
            continue
        for end in range(len(label.text), min(len(text), len(label.text) + _LOOSE)):
            if label_shape(text[:end]) == label.text and text[end : end + 1] not in (")", "）"):
                until = _UNTIL.match(text[end:])
                rest = text[end:][until.end() :] if until else text[end:].lstrip(_MISREAD_COLON)
                return Hit(label, rest, False) if rest.strip() or until else None
    return None
