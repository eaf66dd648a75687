"""Characters that readers take for others, as persons corrected them: proposals for the channel."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.channel.misreading import lookalikes
from normalize.channel.own_confusions import own_confusions, refused_pairs
from normalize.form.physical_rows import EXACT_READERS
from shenbao.desk.desk import Desk
from shenbao.desk.learning.lessons import ConfusionLesson, LessonPlace
from shenbao.desk.queue.opened import Opened

_MOST_CHARACTERS = 2
"""A text of which a person changed more characters than this was reworded, or is another one."""
_LEAST_SHARE = 3
"""Nor was one misread that has fewer than so many characters for each that was changed: it is another word."""

_Pairs = dict[tuple[str, str], list[LessonPlace]]


def confusion_lessons(desk: Desk) -> list[ConfusionLesson]:
    """The confusions that no table has yet and that may be learned."""
    pairs = _corrected(desk)
    counted = [(seen, true, len(places)) for (seen, true), places in pairs.items()]
    refused, known = refused_pairs(counted), own_confusions()
    return [
        ConfusionLesson(seen, true, len(pairs.get((true, seen), ())), tuple(places))
        for (seen, true), places in pairs.items()
        if (seen, true) not in refused and (seen, true) not in known and not _ships(seen, true)
    ]


def other_confusions(desk: Desk) -> Iterator[tuple[ConfusionLesson, str]]:
    """What was corrected and is no proposal, the most frequent first, and why it is none."""
    pairs = _corrected(desk)
    refused = refused_pairs([(seen, true, len(places)) for (seen, true), places in pairs.items()])
    for (seen, true), places in sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0])):
        known = _ships(seen, true) or (seen, true) in own_confusions()
        why = "known already" if known else refused.get((seen, true))
        if why:
            yield ConfusionLesson(seen, true, len(pairs.get((true, seen), ())), tuple(places)), why


def _ships(seen: str, true: str) -> bool:
    return seen in "".join(lookalikes().get(true, ())) or true in lookalikes().get(seen, ("", ""))[0]


def _corrected(desk: Desk) -> _Pairs:
    pairs: _Pairs = {}
    for entry in desk.entries():
        if entry.decided:
            for pair, place in _substitutions(desk.opened(entry.sha256)):
                pairs.setdefault(pair, []).append(place)
    return pairs


def _substitutions(opened: Opened) -> Iterator[tuple[tuple[str, str], LessonPlace]]:
    """Single characters that a reader saw otherwise than a person did; what stands in a file itself nobody misread."""
    for (number, path), decision in opened.final.live.items():
        seen = opened.sheets[number].form.evidence.get(path)
        if seen is None or EXACT_READERS.intersection(seen.reader.split("; ")):
            continue
        after = decision.after or ""
        text = next((one for one in (decision.read, decision.answered) if one and len(one) == len(after)), "")
        wrong = [(one, other) for one, other in zip(text, after, strict=False) if one != other]
        if 0 < len(wrong) <= _MOST_CHARACTERS and len(after) >= _LEAST_SHARE * len(wrong):
            place = LessonPlace.of(opened, number, path)
            yield from ((pair, place) for pair in dict.fromkeys(wrong))
