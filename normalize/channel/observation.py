"""What was seen of a text, and how it was seen: what every reading of it would cost.

Three kinds: characters of a file, which are certain; somebody's OCR text, whose errors a table of look-alikes explains;
a picture, which can be asked. All costs are nats, of the text's key (without punctuation), 0 for what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from rapidfuzz.distance import Levenshtein

from models.posteriors import Posteriors
from normalize.channel.broken_words import leaves_out_within
from normalize.channel.channel_prices import CHANNEL_PRICES
from normalize.channel.misreading import misreading, slip
from normalize.channel.picture_evidence import fold_width, fold_width_of, log_likelihood, losses, skeleton_of
from normalize.text.fold import skeleton


class Observation(Protocol):
    """One cell's text as seen."""

    @property
    def text(self) -> str: ...

    @property
    def key(self) -> str: ...

    def cost(self, printed: str) -> float:
        """−ln P(seen so | the key `printed` stood there), less that of what was seen."""

    def allows(self, printed: str) -> bool:
        """Whether `printed` may have stood there; if not, no repair may say so."""

    def excludes(self, printed: str) -> bool:
        """Whether it is so clear that `printed` did not stand there that nobody need look."""

    def denies(self, printed: str) -> bool:
        """Whether all that tells `printed` from what was seen was seen too clearly for a repair, whatever speaks for it."""

    def spells(self, text: str) -> bool:
        """Whether what was seen may be punctuated as in `text`, which has the same key."""

    def may_spell(self, text: str) -> bool:
        """Whether that cannot be excluded."""

    @property
    def is_illegible(self) -> bool:
        """Whether what was seen is hardly more than a guess: something covers the print."""

    @property
    def is_clear(self) -> bool:
        """Whether who saw it is as good as sure of it."""


@dataclass(frozen=True, slots=True)
class FileText:
    """Characters of the file itself: only the clerk can have erred."""

    text: str

    @property
    def key(self) -> str:
        return skeleton(self.text)

    def cost(self, printed: str) -> float:
        return 0.0 if printed == self.key else CHANNEL_PRICES.never

    def allows(self, printed: str) -> bool:
        return printed == self.key

    def excludes(self, printed: str) -> bool:
        return printed != self.key

    denies = excludes

    def spells(self, text: str) -> bool:
        return text == self.text

    may_spell = spells

    @property
    def is_illegible(self) -> bool:
        return False

    @property
    def is_clear(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class OcrText:
    """Text that came out of somebody's OCR; nothing tells how sure that was."""

    text: str

    @property
    def key(self) -> str:
        return skeleton(self.text)

    def cost(self, printed: str) -> float:
        return misreading(self.key, printed)

    def allows(self, printed: str) -> bool:
        return True

    def excludes(self, printed: str) -> bool:
        return min(misreading(self.key, printed), slip(self.key, printed)) >= CHANNEL_PRICES.one_glyph

    def denies(self, printed: str) -> bool:
        return False

    def spells(self, text: str) -> bool:
        return text == self.text

    may_spell = spells

    @property
    def is_illegible(self) -> bool:
        return False

    @property
    def is_clear(self) -> bool:
        return False


@dataclass(frozen=True)
class PictureText:
    """Text that our recogniser read, with what else it saw."""

    text: str
    posteriors: Posteriors

    @cached_property
    def key(self) -> str:
        return skeleton(self.text)

    @cached_property
    def _keyed(self) -> Posteriors:
        return skeleton_of(self.posteriors)

    @cached_property
    def _seen(self) -> float:
        return log_likelihood(self._keyed, self.key)

    def cost(self, printed: str) -> float:
        return 0.0 if printed == self.key else max(0.0, self._seen - log_likelihood(self._keyed, printed))

    def allows(self, printed: str) -> bool:
        return losses(self._keyed, self.key, [printed])[0].borne

    def excludes(self, printed: str) -> bool:
        return self.cost(printed) > CHANNEL_PRICES.clear_loss

    def denies(self, printed: str) -> bool:
        most = CHANNEL_PRICES.clear_loss * Levenshtein.distance(self.key, printed)
        return leaves_out_within(self.key, printed) or self.cost(printed) > most

    def spells(self, text: str) -> bool:
        return self._loss_a_mark(text) <= CHANNEL_PRICES.mark_loss

    def may_spell(self, text: str) -> bool:
        return self._loss_a_mark(text) <= CHANNEL_PRICES.clear_loss

    @property
    def is_illegible(self) -> bool:
        prices = CHANNEL_PRICES
        return -self._seen >= max(prices.illegible, prices.illegible_glyph * len(self.key))

    @property
    def is_clear(self) -> bool:
        return self._seen >= -CHANNEL_PRICES.clear

    def _loss_a_mark(self, text: str) -> float:
        folded, seen, other = fold_width_of(self.posteriors), fold_width(self.text), fold_width(text)
        loss = log_likelihood(folded, seen) - log_likelihood(folded, other)
        return loss / max(1, Levenshtein.distance(seen, other))
