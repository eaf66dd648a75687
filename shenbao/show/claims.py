"""Why a file is taken for which form: what each layout explains of its labels, a line each; and a layout for a new form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.document import Document
from normalize.form.claiming.claim import Claim, claims
from normalize.form.claiming.claims import beginning, claim_layout
from normalize.form.claiming.splitting import split_forms
from normalize.form.page_breaks import join_pages
from normalize.form.parts.draft import draft_layout
from normalize.form.physical_rows import Row, pieces_to_rows

_SHOWN = 6
"""This many layouts are shown for each form, those that explain most of it."""


def document_to_lines(document: Document) -> Iterator[str]:
    """The forms in the document one after the other, each with the layouts that explain most of it."""
    for number, rows in enumerate(split_forms(pieces_to_rows(join_pages(document.pieces))), 1):
        yield from _form_to_lines(number, rows)


def document_to_draft(document: Document, name: str) -> str | None:
    """A layout called `name` for the first form in the document that nobody described; `None` where there is none."""
    for rows in split_forms(pieces_to_rows(join_pages(document.pieces))):
        layout, _ = claim_layout(rows)
        if layout is not None and layout.by_labels:
            return draft_layout(rows, layout, name)
    return None


def _form_to_lines(number: int, rows: Sequence[Row]) -> Iterator[str]:
    layout, findings = claim_layout(rows)
    said = layout.name if layout else "; ".join(f.message for f in findings) or "no layout"
    yield (f"form {number}, {len(rows)} rows from {beginning(rows[0])}: {said}")
    ranked = claims(rows)
    for claim in ranked[:_SHOWN]:
        yield f"  {_claim_to_line(claim)}"
    own = next((c for c in ranked if layout and c.layout is layout), None)
    if own and own.unexplained:
        yield (f"  {own.layout.name} leaves unexplained: {'、'.join(sorted(own.unexplained))}")


def _claim_to_line(claim: Claim) -> str:
    return f"{claim.layout.name:24}{claim.share:5.0%}  " + ", ".join(_reasons(claim))


def _reasons(claim: Claim) -> Iterator[str]:
    yield f"{len(claim.explained)} labels explained, {len(claim.unexplained)} not"
    yield f"{claim.sections} sections"
    yield {0: "no title", 1: "title misread"}.get(claim.titled, "title")
    if not claim.fits:
        yield "lacks a word that it needs, or has one that it never has"
    elif not claim.stands:
        yield "not enough"
