"""The tables a run prints, its page, and its JSON."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict

from bench.peers.reading import Json
from bench.peers.registry import ABSENT, Peer
from bench.peers.tally import Tally
from bench.report.machine import machine
from bench.report.shown import Shown

Tallies = Mapping[str, Tally]
"""By peer's name."""
Figure = Callable[[Tally], float]
HEAD = """# Other readers on the same files

Written by `make bench-peers FORMS=… TRUTHS=…` in {minutes:.0f} minutes, on forms that `bench.forge` made up (seed, layout, kind, damage):
{files}.

Every other reader gives tables or texts; one plain mapping (`bench/peers/plain.py`) puts their cells into the fields below
their headings, as a first script would. It knows the form but no catalogue, repairs nothing and finds nothing: the figures
tell how far a reader leads without further work, not what could be built on it.
*Silent*: wrong, and no finding points at it. *Missed*: the form says something, nothing was read, and no finding says so.
*Flagged*: not exact, but a finding points at it; only shenbao has findings. *Invented*: rows that the form does not have.
A Word, Excel or text file counts as one page. A star is the best of a column; the last rows of a table are baselines that
hardly read. Each reader ran in a process of its own, one after the other; the machine may have done other work:
compare CPU times within a table, and wall times with care.
"""


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


def kind_to_shown(kind: str, tallies: Tallies, baselines: Iterable[str]) -> Shown:
    """One row a peer; the best figure of a column has a star, the two baselines aside."""
    aside = set(baselines)
    one = next(iter(tallies.values()))
    best = [
        _best(figure, [t for name, t in tallies.items() if name not in aside], more)
        for _, figure, _, more in COLUMNS
    ]
    rows = []
    for name, tally in tallies.items():
        texts = [format(figure(tally), form) for _, figure, form, _ in COLUMNS]
        marked = [
            f"{text} *" if name not in aside and top is not None and text == format(top, form) else text
            for text, top, (_, _, form, _) in zip(texts, best, COLUMNS, strict=True)
        ]
        rows.append((name, *marked))
    note = "; ".join([f"{one.files} files, {one.fields:,} fields", *unread_lines(tallies)])
    return Shown(kind, note, ("reader", *(heading for heading, *_ in COLUMNS)), tuple(rows))


def _best(figure: Figure, tallies: Sequence[Tally], more: bool) -> float | None:
    """The best figure of those that read anything; of one alone, or of equal ones, none is best."""
    figures = {figure(tally) for tally in tallies if len(tally.unread) < tally.files}
    return (max if more else min)(figures) if len(figures) > 1 else None


def unread_lines(tallies: Tallies) -> list[str]:
    return [f"{name} did not read {why}" for name, tally in tallies.items() for why in tally.unread]


def peers_to_shown(peers: Iterable[Peer]) -> Shown:
    """Versions and licences, and who was not run."""
    rows = [
        (peer.name, ", ".join(map(_version, peer.packages)), peer.licence, peer.lacks() or "")
        for peer in peers
        if not peer.baseline
    ]
    rows += [(absent.name, absent.kinds, absent.licence, absent.reason) for absent in ABSENT]
    return Shown("Readers", "", ("reader", "packages", "licence", "not run"), tuple(rows))


def page(tables: Sequence[Shown], files: Iterable[str], minutes: float) -> str:
    """The report as Markdown; `files` are the forms that were read, in so many `minutes`."""
    parts = [
        HEAD.format(files=", ".join(f"`{name}`" for name in files), minutes=minutes),
        *(one.to_markdown(2) for one in tables),
    ]
    return "\n".join([*parts, machine().to_markdown(2)])


def _version(package: str) -> str:
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return package


def tallies_to_json(kinds: Mapping[str, Tallies]) -> Json:
    return {kind: {name: asdict(tally) for name, tally in tallies.items()} for kind, tallies in kinds.items()}
