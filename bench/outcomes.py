"""How well a result reproduces the truth: exact, silent, flagged, spoiled, row by row and field by field.

A field is *silent* when it is wrong and no warning or error of category reading or arithmetic points at it or
at its row: the worst outcome. It is *flagged right* when it is right and a finding points at it all the same.
It is *harmed* when a repair turned a right reading into a wrong value. Width, spaces, kinds of quotation
marks, ``；`` and ``。`` do not count.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

Json = dict[str, Any]

RADICALS = str.maketrans(
    "⻓⻔⻋⻅⻢⻝⻜⻛⻚⻉⺠⻄⻆⻘⻩⻬⻮⻰⻳⼾", "长门车见马食飞风页贝民西角青黄齐齿龙龟户"
)
SAME = str.maketrans(
    {
        "≧": "≥",
        "⩾": "≥",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "．": ".",
        ";": None,
        "；": None,
        "。": None,
        ",": "，",
        "(": "（",
        ")": "）",
        ":": "：",
    }
)
NUMBERING = re.compile(r"^\d{1,2}[、.](?=\D)")
HEAD = ("title", "filled_on", "money_unit", "department", "preparer", "phone")
NAMES = ("level1", "level2", "level3", "target", "basis", "category")
YEARS = ("year_before_last", "last_year")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field that differs from the truth, by its place in the result."""

    pointer: str
    want: str
    got: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """Counts of one form; ``silent`` includes invented rows nothing points at."""

    fields: int
    exact: int
    silent: int
    flagged_right: int
    harm: int
    missing: int
    invented: int
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One field of the truth beside the result's, both folded; an invented row wants ``None``."""

    pointer: str
    want: str | None
    got: str


Fold = Callable[[Any], str]


def fold(value: Any) -> str:
    """A text without what does not count; a ``Value`` by its text; nothing as the empty text.

    >>> fold("1、建成“15分钟”圈；"), fold({"text": "≥800 件/年"}), fold(None)
    ('建成"15分钟"圈', '≥800件/年', '')
    """
    if isinstance(value, dict):
        value = value.get("text")
    if value is None:
        return ""
    text = unicodedata.normalize("NFKC", str(value).translate(RADICALS))
    return NUMBERING.sub("", "".join(text.split()).translate(SAME))


def fold_amount(value: Any) -> str:
    """An amount to four decimals, however it is printed; a history entry by its amount."""
    if isinstance(value, dict):
        value = value.get("amount")
    if value in (None, ""):
        return ""
    try:
        return f"{Decimal(str(value).rstrip('%').replace(',', '').replace('，', '')):.4f}"
    except InvalidOperation:
        return fold(value)


def fold_share(value: Any) -> str:
    """A share in percent: 0.7612, 76.12 and 76.12% are one; a bare number up to 1 is a fraction."""
    if isinstance(value, dict):
        value = value.get("text") or value.get("number")
    if value in (None, ""):
        return ""
    text = str(value)
    try:
        share = Decimal(text.rstrip("%"))
    except InvalidOperation:
        return fold(value)
    fraction = not text.endswith("%") and abs(share) <= Decimal("1.0001")
    return f"{share * 100 if fraction else share:.2f}"


def similarity(one: str, other: str) -> float:
    """How alike two folded texts are, from 0 to 1."""
    if not one and not other:
        return 1.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


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


def points_at(flags: frozenset[str], pointer: str) -> bool:
    """A finding on the field, a part of it, its indicator or budget row, or the table of a missing row."""
    steps = pointer.split("/")
    places = {pointer, "/".join(steps[:4]) if len(steps) > 4 else pointer}
    if "None" in steps:
        places.add("/".join(steps[: steps.index("None")]))
    return any(flag in places or flag.startswith(pointer + "/") for flag in flags)


def flags_of(form: Json, result: Json) -> frozenset[str]:
    findings = [*form.get("findings", ()), *result.get("findings", ())]
    return frozenset(
        finding["path"]
        for finding in findings
        if finding.get("path")
        and finding.get("severity") in ("warning", "error")
        and finding.get("category", "reading") in ("reading", "arithmetic")
    )


def department_form(result: Json) -> Json:
    """The department's form of a result, else its first form, else nothing."""
    forms: list[Json] = result.get("forms") or []
    return next(
        (form for form in forms if str(form.get("form", "")).startswith("department")),
        forms[0] if forms else {},
    )


def is_harmed(form: Json, field: Compared) -> bool:
    """A repair on this wrong field started from the right reading."""
    return any(
        repair.get("path") in (field.pointer, field.pointer + "/text")
        and fold(repair.get("before")) == field.want
        for repair in form.get("repairs", ())
    )


def outcomes(truth: Json, result: Json) -> Outcome:
    """Compare a result document (see the output contract) with the truth of its form."""
    form = department_form(result)
    flags = flags_of(form, result)
    fields = list(compared(truth, form.get("data") or {}))
    real = [field for field in fields if field.want is not None]
    bad = [field for field in fields if field.want != field.got or field.want is None]
    wrong = tuple(Wrong(f.pointer, f.want or "", f.got, points_at(flags, f.pointer)) for f in bad)
    return Outcome(
        fields=len(real),
        exact=sum(f.want == f.got for f in real),
        silent=sum(not w.flagged for w in wrong),
        flagged_right=sum(f.want == f.got and points_at(flags, f.pointer) for f in real),
        harm=sum(f.want is not None and is_harmed(form, f) for f in bad),
        missing=sum(f.pointer.endswith(("None/level3", "None/name", "None/item")) for f in real),
        invented=len(fields) - len(real),
        wrong=wrong,
    )
