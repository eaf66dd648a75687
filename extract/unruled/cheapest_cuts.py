"""The cheapest way to cut a sequence into runs, and where another way is as likely. Prices are nats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

MARGIN = 1.2
"""Two divisions that differ in price by less are both likely."""
IMPOSSIBLE = 1e6
"""Price of a run that cannot be."""


def divide(
    price: Callable[[int, int], float], parting: Sequence[float], longest: int
) -> tuple[list[int], frozenset[int], float]:
    """The cheapest way to cut `0 … n` into runs: its cuts, which of its runs are doubtful, and its price.

    `price(i, j)` is that of a run, `parting[i]` that of a cut. A run is doubtful when a cut at its end could
    as well be left out, or one inside it made.
    """
    n = len(parting)
    prices = {(i, j): price(i, j) for i in range(n) for j in range(i + 1, min(n, i + longest + 1))}
    ahead, back, came = [0.0] * n, [0.0] * n, [0] * n
    for j in range(1, n):
        ahead[j], came[j] = min(
            (ahead[i] + parting[i] + prices[i, j], i) for i in range(max(0, j - longest), j)
        )
    for i in reversed(range(n - 1)):
        back[i] = min(back[j] + parting[j] + prices[i, j] for j in range(i + 1, min(n, i + longest + 1)))
    cuts = [n - 1]
    while cuts[-1]:
        cuts.append(came[cuts[-1]])
    cuts.reverse()
    without = [IMPOSSIBLE] * n
    for (i, j), alone in prices.items():
        total = ahead[i] + parting[i] + alone + parting[j] + back[j]
        if total < ahead[n - 1] + MARGIN:
            for k in range(i + 1, j):
                without[k] = min(without[k], total)
    doubtful = set()
    for run, (i, j) in enumerate(pairwise(cuts)):
        if any(without[k] < ahead[n - 1] + MARGIN for k in (i, j) if 0 < k < n - 1) or any(
            ahead[k] + parting[k] + back[k] < ahead[n - 1] + MARGIN for k in range(i + 1, j)
        ):
            doubtful.add(run)
    return cuts, frozenset(doubtful), ahead[n - 1]
