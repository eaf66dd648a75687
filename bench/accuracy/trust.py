"""Measurements → tables of trust: cells to look at, confidences, boxes, extraction, parts taken out, worst fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.accuracy.evidence import Boxes, scan_boxes
from bench.accuracy.extraction import Alike
from bench.accuracy.measure import Measured, of_half
from bench.accuracy.plan import HALVES, Case
from bench.accuracy.review import effort, reliability
from bench.accuracy.tables import KIND_NAMES, all_fields, groups, outcome_cells
from bench.accuracy.worst import Bad, pictures
from bench.report.shown import Shown, percent
from bench.tally import Tally

TOLD = ("field", "stood there", "was read", "finding", "what happened")


def review_table(measured: Sequence[Measured]) -> Shown:
    rows = []
    for half in reversed(HALVES):
        for kind, group in groups(of_half(measured, half), lambda case: case.kind).items():
            rows.append((f"{KIND_NAMES[kind]}, {half}", *_effort(group)))
    scans = [one for one in of_half(measured, "test") if one.case.kind == "scan"]
    for damage, group in groups(scans, lambda case: case.damage).items():
        rows.append((f"scan: {damage}, test", *_effort(group)))
    note = (
        "A person looks at flagged cells first, then at the others, the least sure first, and sets right what is wrong. "
        "Equally sure cells are looked at all or none, so that one silent error among values without any doubt costs them all."
    )
    columns = (
        "input",
        "cells a form",
        "flagged a form",
        "wrong after those",
        "to look at for 99.99 %, a form",
    )
    return Shown("Cells a person must look at", note, columns, tuple(rows))


def _effort(group: Sequence[Measured]) -> tuple[str, ...]:
    found = effort([one.fields for one in group])
    forms = len(group)
    return (
        f"{found.cells / forms:.0f}",
        f"{found.flagged / forms:.1f}",
        f"{100 * found.left:.3f} %",
        f"{found.needed / forms:.1f}",
    )


def reliability_tables(measured: Sequence[Measured]) -> list[Shown]:
    note = (
        "Fields whose value shows a confidence, by that confidence. A list has that of all its entries together. "
        "A calibrated confidence claims what comes true."
    )
    shown = []
    for half in reversed(HALVES):
        for kinds, name in ((("scan",), "scans"), (("text",), "OCR text")):
            group = [one for one in of_half(measured, half) if one.case.kind in kinds]
            rows = tuple(
                (
                    f"{one.low:g} – {one.high:g}" if one.low < one.high else "1",
                    f"{one.count:,}",
                    f"{one.claimed:.4f}",
                    f"{one.right:.4f}",
                )
                for one in reliability(all_fields(group))
            )
            columns = ("confidence", "fields", "claimed", "right")
            if rows:
                shown.append(Shown(f"Reliability of confidences: {name}, {half} half", note, columns, rows))
    return shown


def evidence_table(measured: Sequence[Measured]) -> Shown:
    """Boxes of the test half; scans beside the prints they were made from."""
    known = {one.case: one for one in measured}
    sums: dict[str, Boxes] = {}
    for one in of_half(measured, "test"):
        if one.case.kind == "pdf":
            name = f"PDF: {one.case.format}"
            sums[name] = sums.get(name, Boxes()) + one.boxes
        elif one.case.kind == "scan":
            name = f"scan: {one.case.damage}"
            sums[name] = sums.get(name, Boxes()) + scan_boxes(known[one.case.printed].places, one.places)
    rows = tuple(
        (
            name,
            f"{found.values:,}",
            percent(found.boxed, found.values),
            percent(found.holding, found.boxed),
            percent(found.tight, found.boxed),
        )
        for name, found in sums.items()
    )
    note = (
        "PDF: the characters in the box are those the evidence says (*holds*), and no others (*tight*). "
        "Scans: the box's centre lies where the field was printed, found by fitting the print onto the scan, "
        "and the box is no more than half as large again."
    )
    return Shown(
        "Evidence, test half", note, ("input", "values", "with a box", "box holds the value", "tight"), rows
    )


def extraction_table(measured: Sequence[Measured], drawn: Mapping[str, Alike]) -> Shown:
    found: dict[str, list[Alike]] = {}
    for one in of_half(measured, "test"):
        # a worksheet is one grid, whatever tables stand on it
        if one.alike and one.case.format != "xlsx":
            name = f"scan: {one.case.damage}" if one.case.kind == "scan" else f"forms: {one.case.format}"
            found.setdefault(name, []).append(one.alike)
    rows = [(name, *_alike(alikes)) for name, alikes in found.items()]
    rows += [(f"drawn tables: {name}", *_alike([alike])) for name, alike in drawn.items()]
    note = (
        "Whole tables of forms as written; pages of scans beside the same pages of their print as the PDF reader has them; "
        "the thirty hard ruled PDF tables of `bench.tables`, one a page, also by other readers. 1 is best."
    )
    columns = ("tables, reader", "tables", "TEDS", "GriTS content", "GriTS topology")
    return Shown("The extractor alone", note, columns, tuple(rows))


def _alike(alikes: Sequence[Alike]) -> tuple[str, ...]:
    count = sum(one.tables for one in alikes)
    means = (
        sum(one.tables * figure for one, figure in zip(alikes, figures, strict=True)) / count
        for figures in (
            [one.teds for one in alikes],
            [one.content for one in alikes],
            [one.topology for one in alikes],
        )
    )
    return (str(count), *(f"{figure:.4f}" for figure in means))


def ablation_table(found: Mapping[str, Tally]) -> Shown:
    note = (
        "The same scans of the test half, their pages read once; each row has one part more than the row above. "
        "*Recogniser alone* still has the layout and the decoder that finds rows and columns."
    )
    columns = (
        "parts",
        "fields",
        "exact",
        "wrong",
        "missed",
        "invented",
        "silent",
        "right but flagged",
        "harm",
    )
    return Shown(
        "Scans: what each part contributes",
        note,
        columns,
        tuple((n, *outcome_cells(t)) for n, t in found.items()),
    )


def worst_table(bad: Sequence[Bad], folder: str) -> Shown:
    """The worst fields on paper, with their pictures."""
    rows = tuple((picture, *_told(one)) for one, picture in zip(bad, pictures(bad, folder), strict=True))
    note = (
        "PDF files and scans; silent ones first, then those least like the truth; no more than two of a form. "
        "Texts as compared, without what does not count."
    )
    return Shown("The ten worst fields of the test half", note, ("cell", *TOLD), rows)


def elsewhere_table(bad: Sequence[Bad]) -> Shown:
    """The worst fields of files without pages."""
    note = "OCR text, Word, Excel and HTML; nothing of these can be shown but their text."
    return Shown("The worst fields of other files, test half", note, TOLD, tuple(map(_told, bad)))


def _told(one: Bad) -> tuple[str, ...]:
    where = f"`{one.field.pointer}` {_form(one.case)}"
    texts = (shorten(one.field.want or ""), shorten(one.field.got))
    return (where, *texts, one.finding, one.story)


def _form(case: Case) -> str:
    return f"{case.damage or case.format}, {case.layout}, seed {case.seed}"


def shorten(text: str, most: int = 60) -> str:
    """A text for a cell of a table; a long one by its beginning and end, what cannot be printed by its number.

    >>> shorten("一二三四五六七八九十", 5)
    '一二…九十'
    """
    half = most // 2
    visible = "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
    return visible if len(visible) <= most else f"{visible[:half]}…{visible[-half:]}"
