"""What each part contributes on scans: documents are extracted once and read again with parts taken out.

The parts are taken out from here, by replacing functions in the worker processes; the product knows no such switch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as changed
from functools import partial
from types import MappingProxyType

from bench.ablation import replace, without_twins
from bench.accuracy.forms import form_path, truth
from bench.accuracy.measure import Measured, in_processes
from bench.accuracy.plan import Case
from bench.accuracy.reading import document_to_result, extracted
from bench.accuracy.store import MEASURED_WITH, STORE, fingerprint, kept
from bench.fields import fields
from bench.tally import Tally, total
from models.declaration import Budget
from models.document import Document
from models.finding import Finding
from models.grid import Grid
from normalize.channel.decision import Decision, read_together
from normalize.channel.observation import Observation
from normalize.check.arithmetic import check_budget
from normalize.notes.notes import Notes, Read

SURE = 30.0
_here: list[str] = []
"""The name of the combination that this worker process reads with."""


def without_catalogue() -> None:
    """Every cell keeps what the recogniser read."""

    def as_read(
        seen: Sequence[Observation], standards: Sequence[str] = (), **priors: object
    ) -> tuple[Decision, ...]:
        return tuple(Decision(cell.text, "kept", SURE, None, False) for cell in seen)

    replace(read_together, as_read)


def without_arithmetic() -> None:
    """Sums are neither checked nor used."""

    def unchecked(budget: Budget, unparsed: Sequence[Finding], notes: Notes) -> Read[Budget]:
        return Read(budget, Notes(findings=tuple(unparsed)))

    replace(check_budget, unchecked)


def without_witness(document: Document) -> Document:
    """Cells without what else they could say."""
    return changed(
        document,
        pieces=tuple(
            changed(piece, cells=tuple(changed(cell, posteriors=None) for cell in piece.cells))
            if isinstance(piece, Grid)
            else piece
            for piece in document.pieces
        ),
    )


COMBINATIONS: Mapping[str, tuple[Callable[[], None], ...]] = MappingProxyType(
    {
        "recogniser alone": (without_catalogue, without_twins, without_arithmetic),
        "+ catalogue": (without_twins, without_arithmetic),
        "+ twins": (without_arithmetic,),
        "+ arithmetic": (),
    }
)
"""What is taken out beside the picture as witness; each has one part more than the one before."""
FULL = "+ picture as witness"


def _prepare(name: str) -> None:
    _here[:] = [name]
    for take_out in COMBINATIONS[name]:
        take_out()


def _read(case: Case) -> Tally:
    path = form_path(case)
    document = without_witness(extracted(path).document)
    return total(fields(truth(case), document_to_result(path, document)))


def _kept(case: Case) -> Tally:
    code = fingerprint(*MEASURED_WITH, "bench/accuracy/ablation.py", "bench/ablation.py")
    name = _here[0].replace(" ", "-")
    return kept(STORE / f"ablated-{code}" / name / f"{case.half}-{case.name}.pickle", partial(_read, case))


def ablate(scans: Sequence[Measured]) -> dict[str, Tally]:
    """Sums over the scans for every combination; with all parts they have been read already."""
    cases = [one.case for one in scans]
    sums = {name: sum(in_processes(_kept, cases, name, _prepare, name), Tally()) for name in COMBINATIONS}
    return sums | {FULL: sum((total(one.fields) for one in scans), Tally())}
