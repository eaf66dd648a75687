"""A clerk's own text from its picture: where the picture hesitates between characters, the one that makes words.

Nothing is compared with this text but the language: so only a character that the picture hardly prefers is changed,
and only into one that makes the text much more probable Chinese.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

import numpy as np

from models.ctc import log_likelihoods
from models.posteriors import Posteriors
from normalize.channel.picture_evidence import fold_width, fold_width_of, log_likelihood
from normalize.channel.text_places import first_frames, slice_frames
from normalize.channel.word_model import prose, prose_around
from normalize.text.fold import is_chinese, skeleton

_MOST_LOSS_NATS = 4.0
"""The picture may prefer what was read by no more than this."""
_LEAST_GAIN_NATS = 3.0
"""Picture and language together must prefer the other character by at least this."""
_LANGUAGE_SHARE = 0.5
"""A nat of the word model counts for this share of a nat: names and figures of speech are rarer than it knows."""
_CERTAIN_SHARE = 0.9
"""A character with this probability is not changed."""
_UNDOUBTED_SHARE = 0.99
"""A character with this probability is not doubted."""
_LEAST_DOUBT_NATS = 3.0
"""Picture and language, in full, must prefer the other character by this for a doubt: in 5,000 cells of seven damages that was
so of two misread texts (优七 for 优化) and of one right one."""
_ALTERNATIVES = 4
"""At most this many other characters are weighed at one place."""
_WORD_CHARACTERS = 4
"""A doubtful character is looked at in words that reach this far to either side."""
_WINDOW_CHARACTERS = 3
"""A changed character is weighed together with this many on either side."""


def reread(posteriors: Posteriors, text: str) -> str:
    """`text`, as it was read from the picture, with hesitant characters settled by the words they make.

    Spaces and line breaks of `text` stay where they are. A text that is not the picture's stays as it is.
    """
    folded, whole = fold_width_of(posteriors), fold_width(text)
    places = [n for n, char in enumerate(text) if fold_width(char)]
    if len(places) != len(whole) or not math.isfinite(log_likelihood(folded, whole)):
        return text
    chars = list(whole)
    for at, alternatives in _hesitant(folded, whole, _CERTAIN_SHARE):
        now = "".join(chars)
        best, most = chars[at], _LEAST_GAIN_NATS
        for char, loss in alternatives:
            other = now[:at] + char + now[at + 1 :]
            gain = _LANGUAGE_SHARE * (prose(skeleton(now)) - prose(skeleton(other))) - loss
            if loss <= _MOST_LOSS_NATS and gain >= most:
                best, most = char, gain
        chars[at] = best
    if chars == list(whole):
        return text
    reread_text = list(text)
    for place, before, after in zip(places, whole, chars, strict=True):
        if before != after:
            reread_text[place] = after
    return "".join(reread_text)


@lru_cache(maxsize=32)  # the items of a list ask for the same cell
def likelier_words(posteriors: Posteriors, text: str) -> tuple[tuple[str, str], ...]:
    """Places of `text` at which its picture may also show a character that makes better words: as read, and with that one.

    A doubt, never a repair: what the picture prefers it mostly shows.
    """
    folded, whole = fold_width_of(posteriors), fold_width(text)
    if not math.isfinite(log_likelihood(folded, whole)):
        return ()
    found = []
    for at, alternatives in _hesitant(folded, whole, _UNDOUBTED_SHARE):
        before = "".join(takewhile(is_chinese, reversed(whole[max(0, at - _WORD_CHARACTERS) : at])))[::-1]
        after = "".join(takewhile(is_chinese, whole[at + 1 : at + 1 + _WORD_CHARACTERS]))
        price = prose_around(before, after)
        now = price(whole[at])
        gain, char = max(((now - price(char) - loss, char) for char, loss in alternatives), default=(0.0, ""))
        if gain >= _LEAST_DOUBT_NATS:
            found.append((before + whole[at] + after, before + char + after))
    return tuple(found)


def _hesitant(
    posteriors: Posteriors, text: str, certain: float
) -> Iterator[tuple[int, list[tuple[str, float]]]]:
    """The places of Chinese characters less probable than `certain`, with what else they could be and what that would cost."""
    frames = [*first_frames(posteriors, text), posteriors.frames]
    for at, char in enumerate(text):
        if not is_chinese(char):
            continue
        here = _likely(slice_frames(posteriors, frames[at], frames[at + 1]))
        if here.get(char, 0.0) >= certain:
            continue
        others = [other for other in here if other != char and is_chinese(other)][:_ALTERNATIVES]
        start, end = max(0, at - _WINDOW_CHARACTERS), min(len(text), at + _WINDOW_CHARACTERS + 1)
        window = slice_frames(posteriors, frames[start], frames[end])
        before, after = text[start:at], text[at + 1 : end]
        seen, *scores = log_likelihoods(window, [before + c + after for c in (char, *others)]).tolist()
        yield at, [(other, seen - score) for other, score in zip(others, scores, strict=True)]


def _likely(posteriors: Posteriors) -> dict[str, float]:
    """Each character's greatest probability in any frame, the most probable first."""
    found: dict[str, float] = {}
    order = np.argsort(-posteriors.logs, kind="stable")
    for code, log in zip(posteriors.codes[order].tolist(), posteriors.logs[order].tolist(), strict=True):
        if code:
            found.setdefault(posteriors.chars[code - 1], math.exp(log))
    return found
