"""The cheapest way to cut a sequence into runs, and where another way is as likely. Prices are nats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

CUT_MARGIN_NATS = 1.2
"""Two divisions that differ in price by less than this are both likely."""
IMPOSSIBLE_NATS = 1e6
"""The price of a run that cannot be."""

_RunPrices = dict[tuple[int, int], float]
"""What each run `(first, end)` costs."""


def cheapest_cuts(
    price: Callable[[int, int], float], parting: Sequence[float], longest: int
) -> tuple[list[int], frozenset[int], float]:
    """The cheapest way to cut `0 … n` into runs: its cuts, which of its runs are doubtful, and its price.

    `price(i, j)` is that of a run, `parting[i]` that of a cut; no run is longer than `longest`. A run is doubtful
    when a cut at its end could as well be left out, or one inside it made.
    """
    n = len(parting)
    prices = {(i, j): price(i, j) for i in range(n) for j in range(i + 1, min(n, i + longest + 1))}
    ahead, came = _cheapest_until(prices, parting, longest)
    back = _cheapest_from(prices, parting, longest)
    cuts = [n - 1]
    while cuts[-1]:
        cuts.append(came[cuts[-1]])
    cuts.reverse()
    likely = ahead[n - 1] + CUT_MARGIN_NATS
    left_out = _cuts_that_can_be_left_out(prices, parting, ahead, back, likely)
    doubtful = {
        run
        for run, (i, j) in enumerate(pairwise(cuts))
        if left_out & ({i, j} - {0, n - 1})
        or any(ahead[k] + parting[k] + back[k] < likely for k in range(i + 1, j))
    }
    return cuts, frozenset(doubtful), ahead[n - 1]


def _cheapest_until(
    prices: _RunPrices, parting: Sequence[float], longest: int
) -> tuple[list[float], list[int]]:
    """The least price of everything before each cut, and where the last run before it begins."""
    ahead, came = [0.0] * len(parting), [0] * len(parting)
    for j in range(1, len(parting)):
        ahead[j], came[j] = min(
            (ahead[i] + parting[i] + prices[i, j], i) for i in range(max(0, j - longest), j)
        )
    return ahead, came


def _cheapest_from(prices: _RunPrices, parting: Sequence[float], longest: int) -> list[float]:
    """The least price of everything after each cut."""
    n = len(parting)
    back = [0.0] * n
    for i in reversed(range(n - 1)):
        back[i] = min(back[j] + parting[j] + prices[i, j] for j in range(i + 1, min(n, i + longest + 1)))
    return back


def _cuts_that_can_be_left_out(
    prices: _RunPrices, parting: Sequence[float], ahead: Sequence[float], back: Sequence[float], likely: float
) -> set[int]:
    """The cuts that lie inside a run of some division cheaper than `likely`."""
    inside: set[int] = set()
    for (i, j), alone in prices.items():
        if ahead[i] + parting[i] + alone + parting[j] + back[j] < likely:
            inside.update(range(i + 1, j))
    return inside
