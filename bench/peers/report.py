"""The tables a run prints, and its JSON."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict

from rich.box import SIMPLE_HEAD
from rich.table import Table

from bench.peers.reading import Json
from bench.peers.registry import ABSENT, Peer
from bench.peers.tally import Tally

Tallies = Mapping[str, Tally]
"""By peer's name."""
Figure = Callable[[Tally], float]


def percent(count: Callable[[Tally], int]) -> Figure:
    return lambda tally: 100 * count(tally) / (tally.fields or 1)


COLUMNS: tuple[tuple[str, Figure, str, bool], ...] = (
    ("exact %", percent(lambda tally: tally.exact), ".2f", True),
    ("silent %", percent(lambda tally: tally.silent), ".2f", False),
    ("missed %", percent(lambda tally: tally.missed), ".2f", False),
    ("flagged %", percent(lambda tally: tally.flagged), ".2f", False),
    ("invented", lambda tally: tally.invented, ".0f", False),
    ("not read", lambda tally: len(tally.unread), ".0f", False),
    ("CPU s/page", lambda tally: tally.cpu, ".2f", False),
    ("wall s/page", lambda tally: tally.wall, ".2f", False),
    ("start s", lambda tally: tally.start, ".1f", False),
    ("peak MB", lambda tally: tally.memory, ".0f", False),
)
"""Heading, figure, format, whether more is better."""


def kind_to_table(kind: str, tallies: Tallies, baselines: Iterable[str]) -> Table:
    """One row a peer; the best figure of a column has a star, the two baselines aside."""
    aside = set(baselines)
    one = next(iter(tallies.values()))
    title = f"{kind}: {one.files} files, {one.fields} fields (* best)"
    made = Table(title=title, title_justify="left", box=SIMPLE_HEAD)
    made.add_column("reader", no_wrap=True)
    for heading, *_ in COLUMNS:
        made.add_column(heading, justify="right")
    best = [
        _best(figure, [t for name, t in tallies.items() if name not in aside], more)
        for _, figure, _, more in COLUMNS
    ]
    for name, tally in tallies.items():
        texts = [format(figure(tally), form) for _, figure, form, _ in COLUMNS]
        marked = [
            f"[bold green]*{text}[/]"
            if name not in aside and top is not None and text == format(top, form)
            else text
            for text, top, (_, _, form, _) in zip(texts, best, COLUMNS, strict=True)
        ]
        made.add_row(f"[dim]{name}[/]" if name in aside else name, *marked)
    return made


def _best(figure: Figure, tallies: Sequence[Tally], more: bool) -> float | None:
    """The best figure of those that read anything; of one alone, or of equal ones, none is best."""
    figures = {figure(tally) for tally in tallies if len(tally.unread) < tally.files}
    return (max if more else min)(figures) if len(figures) > 1 else None


def unread_lines(kind: str, tallies: Tallies) -> list[str]:
    return [f"{kind}, {name}: not read: {why}" for name, tally in tallies.items() for why in tally.unread]


def peers_table(peers: Iterable[Peer]) -> Table:
    """Versions and licences, and who did not run."""
    made = Table(
        "reader", "packages", "licence", "did not run", title="peers", title_justify="left", box=SIMPLE_HEAD
    )
    for peer in peers:
        if not peer.baseline:
            made.add_row(peer.name, ", ".join(map(_version, peer.packages)), peer.licence, peer.lacks() or "")
    for absent in ABSENT:
        made.add_row(absent.name, absent.kinds, absent.licence, absent.reason)
    return made


def _version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return package


def tallies_to_json(kinds: Mapping[str, Tallies]) -> Json:
    return {kind: {name: asdict(tally) for name, tally in tallies.items()} for kind, tallies in kinds.items()}
