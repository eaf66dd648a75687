"""Printed words of a form, found in the texts of its cells: matched through the channel, weighed against prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalize.channel.misreading import misread_or_slipped
from normalize.channel.word_model import prose
from normalize.form.form_prices import FORM_PRICES
from normalize.text.fold import fold, is_chinese, skeleton
from normalize.text.radicals import RADICAL_TABLE


@dataclass(frozen=True, slots=True)
class Label:
    """A printed word of the form: its group (`title`, `field`, `section`, `heading`, `side`, `item`) and its name.

    `text` is its shape. `part` says more where one name is not enough: the column of a heading, the horizon of a section.
    """

    group: str
    name: str
    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found in a slot, and the text that follows it in the same slot.

    `guessed`: only a part of the label is known (`*主管部门` for 市级业务主管部门).
    """

    label: Label
    rest: str
    misread: bool
    guessed: bool = False


_FIGURES = re.compile(r"\d+")


@lru_cache(maxsize=65536)
def label_shape(text: str) -> str:
    """A text as labels are compared: without punctuation, every run of digits one #."""
    return _FIGURES.sub("#", skeleton(text))


ANY = "*"
"""What stands in a label for a few characters that are not known beforehand."""
_MOST_ANY = 8
"""It stands for at most this many: a longer text beside a known word is no label any more."""


def _to_pattern(text: str) -> re.Pattern[str]:
    return re.compile(f".{{0,{_MOST_ANY}}}".join(map(re.escape, text.split(ANY))))


_UNTIL = re.compile(r"\s*[（(]\s*截?\D{0,2}(?:\d{4})?\s*\D{0,2}[)）]|\s*截[止至]\s*\d{4}\s*年")
"""（截止2030年） after 长期目标, whatever its characters were read as."""


_UNTIL_YEAR = re.compile(r"截|\d{4}")
"""What a remark in brackets says of a horizon; that belongs to the label."""
_REMARK = re.compile(r"[（(](?:[百千万亿]*元|[盖签]章|公章|签字|签名|[^（()）]{3,})[)）]\s*$")
"""A unit, a place for a seal or a remark in brackets behind a label; another of two characters (长期) says which label it is."""
_COLON = re.compile(r"[:：]\s*")
_MISREAD_COLON = "，,．.·、；; "
"""What a poor copy makes of the colon after a label."""
_SHORTEST = 2
"""A text with fewer characters than this is a label only as it stands."""
_RUN_TOGETHER = 3
"""A label with fewer characters than this is not looked for in front of a text."""
_LOOSE = 10
"""Brackets and blanks add at most this many characters to a label that runs into its text."""
_YEAR = "#年"
"""How a label begins that names a year: 2026年指标值."""
_BEFORE_COLON = 16
"""A label with a colon has at most this many characters before it."""
_LONGEST = 20
"""A text with more characters than this is no label."""


class Labels:
    """The printed words of a form, to be found in texts that a reader may have misread; it remembers what it has found."""

    def __init__(self, labels: Iterable[Label], others: Iterable[str] = ()) -> None:
        """`others` are texts that such forms print, too, so that none of them is a misread label."""
        every = tuple(dict.fromkeys(labels))
        self.all = tuple(label for label in every if ANY not in label.text)
        self._guesses = [(_to_pattern(label.text), label) for label in every if ANY in label.text]
        self._others = frozenset(map(label_shape, others))
        self._exact = {label.text: label for label in reversed(self.all)}
        self._texts = [label.text for label in self.all]
        self._roles: dict[str, tuple[Label, ...]] = {}
        for label in every:
            self._roles[label.text] = (*self._roles.get(label.text, ()), label)
        self._leading = sorted(
            (
                label
                for label in self.all
                if label.group in ("field", "section") and len(label.text) >= _RUN_TOGETHER
            ),
            key=lambda label: -len(label.text),
        )
        self.find: Callable[[str], Hit | None] = lru_cache(maxsize=65536)(self._find)

    def roles(self, label: Label) -> tuple[Label, ...]:
        """All labels that read like this one: a heading in one place may be a field or an item in another."""
        return self._roles[label.text]

    def _find(self, raw: str) -> Hit | None:
        """The label that a raw text is, or begins with: alone, before a colon and a text, or run together with its text."""
        text = fold(raw)
        if not text:
            return None
        exact = self._exact.get(label_shape(text))
        if exact:
            return Hit(exact, "", False)
        colon = _COLON.search(raw)
        if colon and colon.start() <= _BEFORE_COLON:
            head = self._before_colon(raw[: colon.start()])
            if head:
                rest = raw[colon.end() :]
                until = _UNTIL.match(rest.translate(RADICAL_TABLE))
                return Hit(head[0], rest[until.end() :] if until else rest, head[1])
        if guessed := self._guess(raw, colon):
            return guessed
        whole = self.match(label_shape(text), least=3)
        return Hit(whole[0], "", True) if whole else self._run_together(raw)

    def _before_colon(self, head: str) -> tuple[Label, bool] | None:
        """The label before a colon, and whether it was misread; one with a remark behind it is none that is misread."""
        bare = None if _UNTIL_YEAR.search(head) else self._before_remark(head)
        if bare and label_shape(head) not in self._exact:
            return bare, False
        return self.match(label_shape(head), least=2, prior=FORM_PRICES.label_at_colon)

    def _guess(self, raw: str, colon: re.Match[str] | None) -> Hit | None:
        """The label of which a short text has the known part, alone or before a colon."""
        near = colon is not None and colon.start() <= _BEFORE_COLON
        head, rest = (raw[: colon.start()], raw[colon.end() :]) if colon and near else (raw, "")
        shape = label_shape(head)
        if not self._guesses or not is_chinese(shape.removeprefix(_YEAR)[:1] or " ") or len(shape) > _LONGEST:
            return None
        found = (label for pattern, label in self._guesses if pattern.fullmatch(shape))
        label = self._before_remark(head) or next(found, None)
        return Hit(label, rest, misread=False, guessed=True) if label else None

    def _before_remark(self, head: str) -> Label | None:
        """The label that stands before a remark in brackets: 指标值（包含数字及文字描述）."""
        bare = _REMARK.sub("", head)
        return self._exact.get(label_shape(bare)) if bare != head else None

    def match(self, shape: str, least: int, prior: float = FORM_PRICES.label) -> tuple[Label, bool] | None:
        """The label a short text is, and whether it was misread: channel against the word model.

        `least`: how long a label must be to be recognised when misread; a colon after it makes up for a character.
        """
        exact = self._exact.get(shape)
        if exact:
            return exact, False
        if not _SHORTEST <= len(shape) <= _LONGEST or shape in self._others:
            return None
        near = process.extract(
            shape, self._texts, scorer=Levenshtein.distance, score_cutoff=len(shape) // 2, limit=4
        )
        likely = [i for text, _, i in near if len(text) >= least and text.count("#") == shape.count("#")]
        best = min(((misread_or_slipped(shape, self._texts[i]), i) for i in likely), default=None)
        if (
            best is None
            or best[0] > FORM_PRICES.unreadable + FORM_PRICES.unreadable_each * len(shape)
            or best[0] + prior >= prose(shape.replace("#", ""))
        ):
            return None
        return self.all[best[1]], True

    def _run_together(self, raw: str) -> Hit | None:
        """`部门（单位）名称江阳县交通局`: a field's or section's label directly followed by its text."""
        text = raw.strip().translate(RADICAL_TABLE)  # browsers print 目 as a radical
        if len(text) <= _RUN_TOGETHER or not is_chinese(text[0]):
            return None
        first = label_shape(text[:1])
        for label in self._leading:
            if label.text[0] != first:
                continue
            for end in range(len(label.text), min(len(text), len(label.text) + _LOOSE)):
                if label_shape(text[:end]) == label.text and text[end : end + 1] not in (")", "）"):
                    until = _UNTIL.match(text[end:])
                    rest = text[end:][until.end() :] if until else text[end:].lstrip(_MISREAD_COLON)
                    return Hit(label, rest, False) if rest.strip() or until else None
        return None
