"""A clerk's own text from its picture: where the picture hesitates between characters, the one that makes words.

Nothing is compared with this text but the language: so only a character that the picture hardly prefers is changed,
and only into one that makes the text much more probable Chinese.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from models.ctc import log_likelihoods
from models.posteriors import Posteriors
from normalize.channel.picture_evidence import fold_width, fold_width_of, log_likelihood
from normalize.channel.text_places import first_frames, slice_frames
from normalize.channel.word_model import prose
from normalize.text.fold import is_chinese, skeleton

_MOST_LOSS_NATS = 4.0
"""The picture may prefer what was read by no more than this."""
_LEAST_GAIN_NATS = 3.0
"""Picture and language together must prefer the other character by at least this."""
_LANGUAGE_SHARE = 0.5
"""A nat of the word model counts for this share of a nat: names and figures of speech are rarer than it knows."""
_CERTAIN_SHARE = 0.9
"""A character with this probability is not asked again."""
_ALTERNATIVES = 4
"""At most this many other characters are weighed at one place."""
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
    for at, alternatives in _hesitant(folded, whole):
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


def _hesitant(posteriors: Posteriors, text: str) -> Iterator[tuple[int, list[tuple[str, float]]]]:
    """The places of doubtful Chinese characters, with what else they could be and what that would cost."""
    frames = [*first_frames(posteriors, text), posteriors.frames]
    for at, char in enumerate(text):
        if not is_chinese(char):
            continue
        here = _likely(slice_frames(posteriors, frames[at], frames[at + 1]))
        if here.get(char, 0.0) >= _CERTAIN_SHARE:
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
