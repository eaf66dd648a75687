"""Figures read from a picture: the most probable text that can stand in such a cell, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable

from normalize.channel.observation import Observation, Picture
from normalize.channel.witness import beams, of_one_width
from normalize.text import fold
from normalize.typos import Decision

BEAMS = 20
LOSS = 6.0
"""A text that the picture bears so much worse than what was read is no repair of it, in nats."""
GAP = 2.0
"""Nor one that is so little better than the next."""
SURE = 30.0
NO_NUMBER = 9.0
"""Price of a text that is no number where one must stand."""

Price = Callable[[str], float]
"""−ln P(such a text stands in this cell), up to a constant."""


def read_figure(cell: Observation, price: Price) -> Decision:
    """What the figure in `cell` says. Without a picture what was read stands: no text tells one digit from another."""
    if not isinstance(cell, Picture):
        return Decision(cell.text, "kept", SURE, None, False)
    costs: dict[str, float] = {}
    likely = beams(of_one_width(cell.posteriors), BEAMS)
    for text, log in likely:
        folded = fold(text)
        costs[folded] = min(costs.get(folded, math.inf), price(folded) - log)
    ranked = sorted((cost, text) for text, cost in costs.items())
    (cost, best), *rest = ranked
    margin = rest[0][0] - cost if rest else SURE
    rival = rest[0][1] if rest else None
    if best == cell.text:
        return Decision(best, "kept", margin, rival, False)
    if margin >= GAP and cost - price(best) + likely[0][1] <= LOSS:
        return Decision(best, "digit", margin, cell.text, False)
    return Decision(cell.text, "kept", 0.0, best, True)


def confidence(cell: Observation, decision: Decision) -> float | None:
    """How sure a decision about a figure is; `None` where no picture was asked."""
    return decision.confidence if isinstance(cell, Picture) else None
