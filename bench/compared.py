"""Every field of the truth beside the result's; the rows of a table are paired by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.folding import fold, fold_amount, fold_share, similarity

Json = dict[str, Any]
Fold = Callable[[Any], str]
HEAD = ("title", "filled_on", "money_unit", "department", "preparer", "phone")
NAMES = ("level1", "level2", "level3", "target", "basis", "category")
YEARS = ("year_before_last", "last_year")


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of the truth beside the result's, both folded; an invented row wants ``None``."""

    pointer: str
    want: str | None
    got: str


def matched_rows(wanted: Sequence[str], got: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Pair rows by name in their order; an unpaired wanted row is missing, an unpaired got row invented.

    Rows pair when their names are more than half alike; the sum of likenesses is greatest.

    >>> matched_rows(["预算执行率", "结转结余率"], ["预算执行率", "别的", "结转结余率"])
    [(0, 0), (None, 1), (1, 2)]
    """
    worth = [[similarity(want, have) for have in got] for want in wanted]
    best = [[0.0] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(got))):
            pair = worth[i][j] + best[i + 1][j + 1] if worth[i][j] > 0.5 else -1.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(wanted) and j < len(got):
        if worth[i][j] > 0.5 and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return [*pairs, *((k, None) for k in range(i, len(wanted))), *((None, k) for k in range(j, len(got)))]


def at(data: Any, *path: str | int) -> Any:
    """The value at a path, ``None`` where the path ends early."""
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def _rows(
    table: str,
    wanted: Sequence[Json],
    got: Sequence[Json],
    name: Fold,
    columns: Sequence[tuple[tuple[str | int, ...], Fold]],
) -> Iterator[Compared]:
    """The fields of a table whose rows are paired by name."""
    for i, j in matched_rows([name(row) for row in wanted], [name(row) for row in got]):
        pointer = f"{table}/{j}"
        have = got[j] if j is not None else {}
        if i is None:
            yield Compared(pointer, None, name(have))
            continue
        for path, folded in columns:
            ending = "/".join(map(str, path))
            yield Compared(f"{pointer}/{ending}", folded(at(wanted[i], *path)), folded(at(have, *path)))


def _list(pointer: str, wanted: Sequence[Any], got: Sequence[Any], length: bool = True) -> Iterator[Compared]:
    """A list of texts: its text, and its length."""
    yield Compared(pointer, "".join(map(fold, wanted)), "".join(map(fold, got)))
    if length:
        yield Compared(pointer, str(len(wanted)), str(len(got)))


def _budget(truth: Json, data: Json) -> Iterator[Compared]:
    columns: tuple[tuple[tuple[str | int, ...], Fold], ...] = (
        (("item",), fold),
        (("amount",), fold_amount),
        (("share",), fold_share),
        (("history", 0), fold_amount),
        (("history", 1), fold_amount),
    )
    for side in ("income", "expenditure"):
        yield from _rows(
            f"/budget/{side}",
            truth["budget"][side],
            at(data, "budget", side) or [],
            lambda row: fold(row.get("item")),
            columns,
        )
    years = [at(source, "budget", "history_years") or [] for source in (truth, data)]
    yield Compared("/budget/history_years", "/".join(map(str, years[0])), "/".join(map(str, years[1])))


def _projects(truth: Json, data: Json) -> Iterator[Compared]:
    columns = (
        *(((key,), fold) for key in ("name", "category", "purpose")),
        *(((key,), fold_amount) for key in ("total_budget", "annual_budget")),
    )
    yield from _rows(
        "/projects", truth["projects"], at(data, "projects") or [], lambda row: fold(row.get("name")), columns
    )


def _horizon(truth: Json, data: Json, horizon: str) -> Iterator[Compared]:
    want, have = truth[horizon], at(data, horizon) or {}
    yield Compared(f"/{horizon}/summary", fold(want["summary"]), fold(have.get("summary")))
    yield from _list(f"/{horizon}/goals", want["goals"], have.get("goals") or [])
    columns: list[tuple[tuple[str | int, ...], Fold]] = [((key,), fold) for key in NAMES]
    if horizon == "annual":
        columns += [(("history", year), fold) for year in YEARS]
    yield from _rows(
        f"/{horizon}/indicators",
        want["indicators"],
        have.get("indicators") or [],
        lambda row: fold(row.get("level3")) + fold(row.get("level2"))[:2],
        columns,
    )


def compared(truth: Json, data: Json) -> Iterator[Compared]:
    """Every field of the truth beside the result's, and every invented row."""
    for key in HEAD:
        yield Compared(f"/{key}", fold(truth[key]), fold(data.get(key)))
    yield from _budget(truth, data)
    for key in ("functions", "annual_tasks"):
        yield from _list(f"/{key}", truth[key], data.get(key) or [], bool(truth[key]))
    yield from _projects(truth, data)
    until = [at(source, "long_term", "until_year") for source in (truth, data)]
    yield Compared("/long_term/until_year", fold(until[0]), fold(until[1]))
    for horizon in ("long_term", "annual"):
        yield from _horizon(truth, data, horizon)
