"""One form made, read and compared: everything later tables need to know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from bench.accuracy.baselines import NULL, copied_as_is
from bench.accuracy.evidence import Boxes, Located, located, located_rows, pdf_boxes
from bench.accuracy.extraction import Alike, form_tables, scan_tables
from bench.accuracy.forms import form_path, orders, truth
from bench.accuracy.plan import Case
from bench.accuracy.reading import Extracted, document_to_result, extracted
from bench.accuracy.store import MEASURED_WITH, STORE, fingerprint, kept
from bench.compared import Json
from bench.fields import Field, fields
from bench.tally import Tally, total
from models.document import Document

WORKERS = 2
T = TypeVar("T")
A = TypeVar("A")


@dataclass(frozen=True, slots=True)
class Measured:
    """A form and what came of it; `places` are of the truth's fields, in its order, `rows` of those it does not have.

    `findings` and `repairs` are the result's own, for the list of the worst fields.
    """

    case: Case
    status: str
    fields: tuple[Field, ...]
    null: Tally
    copied: Tally
    places: tuple[Located | None, ...]
    rows: dict[str, Located]
    boxes: Boxes
    alike: Alike | None
    pages: int
    seconds: float
    findings: tuple[Json, ...]
    repairs: tuple[Json, ...]


def measure(case: Case) -> Measured:
    """Read the form and compare; what nothing has changed for is taken from an earlier run."""
    code = fingerprint(*MEASURED_WITH)
    return kept(STORE / f"measured-{code}" / case.half / f"{case.name}.pickle", partial(_measure, case))


def _measure(case: Case) -> Measured:
    path, wanted = form_path(case), truth(case)
    taken, result = _read(path)
    read = fields(wanted, result)
    form = (result["forms"] or [{}])[0]
    return Measured(
        case=case,
        status=result["status"],
        fields=read,
        null=total(fields(wanted, NULL)),
        copied=total(fields(wanted, copied_as_is(taken.document))),
        places=tuple(located(read, result)),
        rows=located_rows(read, result),
        boxes=pdf_boxes(path, result) if case.kind == "pdf" else Boxes(),
        alike=_alike(case, wanted, taken.document),
        pages=taken.document.pages or 1,
        seconds=taken.seconds,
        findings=(*form.get("findings", ()), *result["findings"]),
        repairs=tuple(form.get("repairs", ())),
    )


def _read(path: Path) -> tuple[Extracted, Json]:
    """The document and the result; an exception is a result too."""
    try:
        taken = extracted(path)
        return taken, document_to_result(path, taken.document)
    except Exception as error:
        crashed = {"status": f"crashed: {error!r}", "forms": [], "findings": []}
        return Extracted(Document((), "application/octet-stream"), 0.0), crashed


def _alike(case: Case, wanted: Json, document: Document) -> Alike | None:
    """How the extractor's tables compare with the true ones, where those are known."""
    if case.kind == "file":
        return form_tables(case, wanted, document)
    if case.kind == "scan":
        return scan_tables(document, extracted(form_path(case.printed)).document)
    return None


def measure_all(cases: Sequence[Case]) -> list[Measured]:
    """Make what is missing, then read everything, in two processes, with a bar for each.

    Forms whose print lost characters are left out by the forge, and so are their scans.
    """
    # scans are made of prints: those come first, in a run of their own
    prints = [case.printed if case.kind == "scan" else case for case in cases]
    list(in_processes(_call, list(orders(prints)), "forms made"))
    whole = [case for case, print_ in zip(cases, prints, strict=True) if form_path(print_).exists()]
    list(in_processes(_call, list(orders(whole)), "forms made"))
    return list(in_processes(measure, whole, "forms read"))


def _call(work: Callable[[], object]) -> None:
    work()


def in_processes(
    work: Callable[[A], T], items: Sequence[A], name: str, prepare: Callable[..., object] = str, *given: Any
) -> Iterator[T]:
    """Results in the order of the items; every process first calls `prepare(*given)`."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with (
        Progress(*columns, console=Console(stderr=True), transient=True) as progress,
        ProcessPoolExecutor(WORKERS, initializer=prepare, initargs=given) as pool,
    ):
        yield from progress.track(pool.map(work, items), len(items), description=name)


def of_half(measured: Iterable[Measured], half: str) -> list[Measured]:
    return [one for one in measured if one.case.half == half]
