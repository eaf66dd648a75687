"""Every price that decides which label a text is and which section a row belongs to, in nats (−ln of a probability).

*Chosen* is an order of magnitude that a person set; *counted* says how often `python -m bench.learn` saw the event on
forged forms, in the same unit; *measured* prices were moved until `python -m bench.damage` read no better.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FormPrices:
    """The prices of the form room."""

    # a label or a text
    label: float = 3.0
    """Chosen: a short text on a form is a label and no answer."""
    label_at_colon: float = 0.0
    """Chosen: so is a text with a colon after it."""
    label_in_heading: float = -4.0
    """Chosen: so is a text in a row whose other cells are labels; negative, for it outweighs the text's own price."""
    unreadable: float = 11.0
    """Chosen: a label that would be misread by more than this and `unreadable_each` is another text."""
    unreadable_each: float = 2.5
    """Chosen on top of `unreadable`, for each character of the label."""

    # from one row's section to the next one's
    switch: float = 6.0
    """Chosen: another section begins without its label."""
    opened: float = 0.2
    """Chosen: a section begins with its label."""
    follows: float = 4.0
    """Chosen: the next section of the usual order begins without its label."""
    restart: float = 5.0
    """Chosen: a list begins again at 1 within its section."""
    remark: float = 0.5
    """Chosen: a line of text is a remark, where one may stand."""
    elsewhere: float = 8.0
    """Chosen: a label or a closed word stands under a section that it does not belong to."""

    # what a row of a section looks like
    indicator_row: float = 0.3
    """Chosen: a row of the indicators names an entry or holds a closed word."""
    nameless_indicator_row: float = 3.0
    """Chosen: it does neither."""
    prose_among_indicators: float = 6.0
    """Chosen on top of `nameless_indicator_row`: it is one long or numbered text."""
    closed_word: float = 5.0
    """Chosen: a closed word of the indicators stands in another section; two count at most."""
    entry_name: float = 3.0
    """Chosen: an entry's name stands in another section; two count at most."""
    money_row: float = 1.0
    """Chosen: a row of the money has an amount and no long text."""
    no_money_row: float = 7.0
    """Chosen: it has none, or has a long text."""
    project_row: float = 0.5
    """Chosen: a row of the projects has an amount beside a text."""
    no_project_row: float = 4.0
    """Chosen: it has not."""
    summary_row: float = 1.0
    """Chosen: a row of the goals side by side is one or two long texts in a table."""
    no_summary_row: float = 5.0
    """Chosen: it is something else."""
    front_row: float = 1.5
    """Chosen: a row of the head is at most three short texts."""
    no_front_row: float = 4.0
    """Chosen: it is something else."""
    prose_row: float = 0.5
    """Chosen: a row of prose is one long or numbered text."""
    short_prose_row: float = 2.0
    """Chosen: it is one short text."""
    no_prose_row: float = 6.0
    """Chosen: it is something else."""


FORM_PRICES = FormPrices()
"""The prices in use."""
