"""The picture as witness: how well it bears a text that the recogniser did not read as its first choice.

Every answer is in nats of ln P(text | picture), from the recogniser's own probabilities; it is never divided by length.
Measured on print that was blurred, broken and pressed: a real difference costs some fourteen nats a character and never
less than nine unless a character falls away, a misreading about two.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import itemgetter

import numpy as np
from rapidfuzz.distance import Levenshtein

from models.ctc import log_likelihoods
from models.posteriors import BLANK, Posteriors
from normalize.text.fold import fold, skeleton

_MAX_GAIN_NATS = 4.0
"""No single edit may be this much against the picture, or it is a difference and no misreading."""
_MAX_REMOVED_NATS = 1.0
"""Nor may leaving out a character that was seen cost this much: recognisers lose characters and hardly ever make
them up, so it is there, while a faint one can look nearly blank."""
MAX_LOSS_NATS = 12.0
"""Nor may all edits together cost this much: a transposition passes edit by edit."""
_ONE_WIDTH = str.maketrans(",;:()?!", "，；：（）？！")


@dataclass(frozen=True, slots=True)
class Edit:
    """One character of the text seen that a candidate has otherwise ("" where either has none).

    `gain`: how much better the picture would bear the candidate without this edit.
    """

    seen: str
    meant: str
    gain: float


@dataclass(frozen=True, slots=True)
class Loss:
    """How much worse than the text seen the picture bears a candidate, in all and by edits."""

    candidate: str
    total: float
    edits: tuple[Edit, ...]

    @property
    def borne(self) -> bool:
        """Whether the picture may well show the candidate. An edit of punctuation alone has only its share in all."""
        words = (edit for edit in self.edits if skeleton(edit.seen + edit.meant))
        return self.total <= MAX_LOSS_NATS and all(
            edit.gain <= (_MAX_GAIN_NATS if edit.meant else _MAX_REMOVED_NATS) for edit in words
        )


def log_likelihood(posteriors: Posteriors, text: str) -> float:
    """ln P(`text` | picture), summed over all alignments and, in a joined cell, all places of the line breaks."""
    return float(log_likelihoods(posteriors, [text])[0])


def losses(posteriors: Posteriors, seen: str, candidates: Sequence[str]) -> tuple[Loss, ...]:
    """What each of `candidates` loses against the text `seen`, and what undoing each of its edits would gain.

    Texts and posteriors must be folded alike (`skeleton_of` with `key`, `fold_width_of` with `fold_width`).
    The edits of a candidate that is out of the question by its total are not looked at.
    """
    first, *scores = log_likelihoods(posteriors, [seen, *candidates]).tolist()
    totals = [_gap(first, score) for score in scores]
    undone = [
        _undone(seen, candidate) if total <= MAX_LOSS_NATS else []
        for candidate, total in zip(candidates, totals, strict=True)
    ]
    variants = iter(log_likelihoods(posteriors, [text for edits in undone for _, _, text in edits]).tolist())
    return tuple(
        Loss(candidate, total, tuple(Edit(was, now, _gap(next(variants), score)) for was, now, _ in edits))
        for candidate, total, score, edits in zip(candidates, totals, scores, undone, strict=True)
    )


def _gap(better: float, worse: float) -> float:
    """How many nats lie between two scores; where both are impossible there is no telling."""
    return better - worse if math.isfinite(better) or math.isfinite(worse) else math.inf


def _undone(seen: str, candidate: str) -> list[tuple[str, str, str]]:
    """For each edit from `seen` to `candidate`: the character before, after, and the candidate without the edit."""
    variants = []
    for edit in Levenshtein.editops(seen, candidate):
        at, to = edit.src_pos, edit.dest_pos
        before = "" if edit.tag == "insert" else seen[at]
        after = "" if edit.tag == "delete" else candidate[to]
        variants.append((before, after, candidate[:to] + before + candidate[to + len(after) :]))
    return variants


def beams(posteriors: Posteriors, width: int = 20) -> list[tuple[str, float]]:
    """The most probable texts with their `log_likelihood` scores, best first: at most `width`, by prefix beam search.

    Follows Hannun et al. 2014, algorithm 1, without a language model; meant for short texts such as numbers.
    """
    beam = {"": (1.0, 0.0)}
    for entries in _frames(posteriors):
        grown = [(blank + char, text, blank, char) for text, (blank, char) in _grow(beam, entries).items()]
        grown.sort(key=itemgetter(0), reverse=True)
        best = grown[0][0]
        beam = {text: (blank / best, char / best) for _, text, blank, char in grown[:width]}
    scores = log_likelihoods(posteriors, list(beam)).tolist()
    return sorted(zip(beam, scores, strict=True), key=lambda item: -item[1])


def _frames(posteriors: Posteriors) -> Iterator[list[tuple[str, float]]]:
    """Each frame's characters ("" for the blank) and their probabilities."""
    chars = ["", *posteriors.chars]
    entries = [
        (chars[code], probability)
        for code, probability in zip(posteriors.codes.tolist(), np.exp(posteriors.logs).tolist(), strict=True)
    ]
    for start, end in pairwise(posteriors.starts.tolist()):
        yield entries[start:end]


def _grow(beam: dict[str, tuple[float, float]], entries: list[tuple[str, float]]) -> dict[str, list[float]]:
    """The beam one frame later: for every text the probability that it ends in a blank, and in its last character."""
    if len(entries) == 1 and not entries[0][0]:
        # nine frames in ten
        return {text: [(blank + char) * entries[0][1], 0.0] for text, (blank, char) in beam.items()}
    grown: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for text, (blank, char) in beam.items():
        last, either = text[-1:], blank + char
        for following, probability in entries:
            if not following:
                grown[text][0] += either * probability
            elif following == last:
                grown[text][1] += char * probability
                grown[text + following][1] += blank * probability
            else:
                grown[text + following][1] += either * probability
    return grown


def skeleton_of(posteriors: Posteriors) -> Posteriors:
    """The evidence without punctuation and spaces: to be asked for `skeleton(text)`."""
    return _folded(posteriors, skeleton)


def fold_width_of(posteriors: Posteriors) -> Posteriors:
    """The evidence without the difference of full and half width: to be asked for `fold_width(text)`."""
    return _folded(posteriors, fold_width)


def fold_width(text: str) -> str:
    """The text with wide punctuation and narrow digits wherever it stands, without spaces, character by character.

    >>> fold_width("８0%,（两年)") == fold_width("80％，(两年）")
    True
    """
    return "".join(map(_char_to_one_width, text))


@cache
def _char_to_one_width(char: str) -> str:
    return fold(char).translate(_ONE_WIDTH)


def _folded(posteriors: Posteriors, folding: Callable[[str], str]) -> Posteriors:
    """Every character replaced by its fold; what folds to nothing counts as blank; equal entries are added.

    A dropped comma between two equal characters still parts them, as the blank it now is.
    """
    folds = [folding(char) for char in posteriors.chars]
    chars = "".join(dict.fromkeys(folded for folded in folds if folded))
    renumber = np.array(
        [BLANK, *(chars.index(folded) + 1 if folded else BLANK for folded in folds)], np.int64
    )
    frames = np.repeat(np.arange(posteriors.frames, dtype=np.int64), np.diff(posteriors.starts))
    places, entry = np.unique(frames * (len(chars) + 1) + renumber[posteriors.codes], return_inverse=True)
    sums = np.bincount(entry, np.exp(posteriors.logs.astype(np.float64)), len(places))
    frames, codes = np.divmod(places, len(chars) + 1)
    starts = np.searchsorted(frames, np.arange(posteriors.frames + 1))
    return Posteriors(chars, starts.astype(np.int32), codes.astype(np.int32), np.log(sums).astype(np.float32))
