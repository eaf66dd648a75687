"""From when to when a project runs, in every spelling that forms have."""

from __future__ import annotations

import re

from models.declaration import Period
from normalize.form.parts.found import FormParts
from normalize.notes.notes import Notebook, Read
from normalize.read.labelled.texts import first_answer
from normalize.text.cell_values import text_to_date

_MONTH = r"(\d{4})\s*[年.\-/]?\s*(\d{1,2})(?:\s*月)?"
_MONTHS = re.compile(rf"{_MONTH}\s*(?:-|—|–|~|至|到)+\s*{_MONTH}")
_YEARS = re.compile(r"(\d{4})\s*年?度?\s*(?:-|—|–|~|至|到)+\s*(\d{4})\s*年?度?")


def read_period(parts: FormParts) -> Read[Period | None]:
    """`202001-202012`, `2023.07-2024.01`, `2024年-2026年`, or two dates of their own; `None` for what names no limits."""
    book, limits = Notebook(), {}
    for name in ("start", "end"):
        answer = first_answer(parts.answers_to("field", name))
        if answer and answer.slots:
            book.read_at(f"/period/{name}", answer.slots)
            limits[name] = text_to_date(answer.slots[0].text) or answer.slots[0].text
    if limits:
        return Read(Period(**limits), book.notes())
    answer = first_answer(parts.answers_to("field", "period"))
    period = text_to_period(answer.slots[0].text) if answer and answer.slots else None
    if answer and period:
        for name in ("start", "end"):
            book.read_at(f"/period/{name}", answer.slots)
    return Read(period, book.notes())


def text_to_period(text: str) -> Period | None:
    """The limits that a text names, as months or years; `None` for a duration (1年), which has none.

    >>> text_to_period("202001-202012")
    Period(start='2020-01', end='2020-12')
    """
    months = _MONTHS.fullmatch(text.strip())
    if months:
        start, end = (f"{year}-{int(month):02}" for year, month in (months.groups()[:2], months.groups()[2:]))
        return Period(start=start, end=end)
    years = _YEARS.fullmatch(text.strip())
    return Period(start=years[1], end=years[2]) if years else None
