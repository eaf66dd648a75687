"""Every price that decides how a table is decoded, in nats (−ln of a probability), with where it comes from.

*Chosen* is an order of magnitude that a person set; *counted* says how often `python -m bench.learn` saw the event on
forged forms, in the same unit; *measured* prices were moved until `python -m bench.damage` read no better.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ValuePrices:
    """What a text costs in a value column under an entry of one kind; all chosen.

    A number with its sign and unit, another short text with digits, the word 无, and any other text.
    """

    number: float
    digits: float
    nothing: float
    other: float


@dataclass(frozen=True, slots=True)
class TablePrices:
    """The prices of the decoder; every room module takes its own from here."""

    impossible: float = 1e4
    """Chosen: what cannot be costs more than any table."""
    margin: float = 3.0
    """Chosen: two readings whose whole tables differ by less than this are both possible, and that is a finding."""
    rounding: float = 0.5
    """Measured on tables of 4,000 rows: sums added up in another order never differ by more."""

    # a cell and its column
    skip_blank: float = 2.2
    """Counted on forged forms (3.2): a blank cell stands between two columns."""
    skip_filled: float = 9.0
    """Chosen: a filled cell belongs to no column."""
    skip_column: float = 2.5
    """Chosen: a column has no cell although cells follow; at its count (5.6) damaged forms read worse."""
    row_ends: float = 0.4
    """Chosen: a column has no cell because the row ended."""
    trailing_blank: float = 0.1
    """Chosen: a blank cell after the last column."""
    known_text: float = 0.1
    """Chosen: a cell holds a name of the catalogue, whichever it is."""
    foreign_text: float = 14.0
    """Chosen: a text has nothing to do with the name or the closed list of its column."""
    tempered_share: float = 0.25
    """Measured: a misreading counts for this share of its price, as open text is priced flat."""
    unread_cell: float = 3.0
    """Chosen: a cell that could not be read may be anything."""

    # a label that is merged over the rows below it
    label_blank_changed: float = 2.5
    """Counted on forged forms (4.1): a level changes and its cell is blank."""
    label_covered_changed: float = 6.0
    """Chosen: a level changes although a cell from above reaches down."""
    label_blank_same: float = 0.05
    """Chosen: a level stays and its cell is blank."""
    label_covered_same: float = 0.01
    """Chosen: a level stays and a cell from above reaches down."""
    label_printed_same: float = 2.0
    """Counted on forged forms (3.8): a level stays and is printed once more."""
    number_blank: float = 1.0
    """Chosen: one more indicator stands under the same number of a numbered level 2, whose cell is blank."""
    other_variant: float = 8.0
    """Chosen: the label beside the table is the other horizon's."""
    section_blank: float = 0.05
    """Chosen: nothing stands beside the row where the table's name may stand."""
    section_covered: float = 0.02
    """Chosen: the table's name reaches down beside the row."""
    any_level2: float = 4.0
    """Chosen: a level 2 that the catalogue does not know, before its oddness."""
    any_level2_blank: float = 6.0
    """Chosen: a row of an unknown level 2 does not name it."""

    # names, values, closed lists
    alias: float = 1.0
    """Chosen: an entry is called by another of its names."""
    own_name: float = 4.0
    """Chosen: a department's own indicator has this name, before its oddness."""
    name_blank: float = 8.0
    """Chosen: an indicator has no name."""
    unnumbered: float = 0.5
    """Chosen: a numbered label lacks its number."""
    quantitative: ValuePrices = ValuePrices(0.3, 4.5, 1.5, 5.0)
    """Chosen, for an entry that wants a number."""
    qualitative: ValuePrices = ValuePrices(5.0, 6.0, 2.5, 4.5)
    """Chosen, for an entry that wants words."""
    either: ValuePrices = ValuePrices(1.0, 3.5, 2.5, 3.0)
    """Chosen, for an entry that may have both."""
    standard_text: float = 0.2
    """Chosen: a value is the entry's usual text."""
    target_blank: float = 5.0
    """Chosen: an entry has no target."""
    history_blank: float = 2.5
    """Counted on forged forms (4.8): an entry has no value of an earlier year."""
    unusual_target_blank: float = 3.0
    """Chosen: an entry without a usual basis has no target."""
    listed_word: float = 0.3
    """Chosen: a word of a closed list, whichever it is."""
    basis_blank: float = 4.0
    """Chosen: an entry with a usual basis has none."""
    unusual_basis_blank: float = 0.5
    """Chosen: an entry without a usual basis has none."""

    # money and words beside it
    figure: float = 0.2
    """Chosen: an amount or a share stands in its column."""
    odd_figure: float = 3.5
    """Chosen: a text with digits that is no amount stands there."""
    no_figure: float = 10.0
    """Chosen: a text without digits stands there."""
    figure_blank: float = 1.2
    """Chosen: an amount or a share is not given."""
    class_figure: float = 9.0
    """Chosen: an amount stands in a column of usual words."""
    class_other: float = 3.0
    """Chosen: a short text that is none of the usual words stands there."""
    class_long: float = 6.0
    """Chosen: a longer text stands there."""
    text_other: float = 2.0
    """Chosen: any text in a column of texts."""
    text_figure: float = 7.0
    """Chosen: an amount in a column of texts."""
    text_blank: float = 3.0
    """Chosen: a column of texts or of usual words is blank."""

    # how little a text looks like an own name, on top of its price
    odd_listed: float = 10.0
    """Chosen: it is a word of a closed list."""
    odd_number: float = 9.0
    """Chosen: it is a number with sign and unit."""
    odd_nothing: float = 8.0
    """Chosen: it is the word 无."""
    odd_standard: float = 6.0
    """Chosen: it is an entry's usual text."""
    odd_figure_tail: float = 4.0
    """Chosen: it ends with a figure."""
    odd_label: float = 4.0
    """Chosen: it is a name of level 1 or 2."""
    odd_known: float = 4.0
    """Chosen: it is another entry's name."""
    odd_glued: float = 6.0
    """Chosen: it ends with a listed word or begins with a numbered label, as two cells in one do."""
    odd_long: float = 2.0
    """Chosen: it has more than 25 characters."""
    odd_wordless: float = 4.0
    """Chosen: it has no Chinese character, as strokes of a line or a pen that are read as letters."""
    value_listed: float = 6.0
    """Chosen: a word of a closed list stands in a value column."""
    value_known: float = 5.0
    """Chosen: an entry's name stands in a value column."""
    value_label: float = 4.0
    """Chosen: a name of level 1 or 2 stands in a value column."""
    value_standard: float = 4.0
    """Chosen: another entry's usual text stands in a value column."""

    # two cells in one
    glued: float = 4.5
    """Counted on forged forms (6.4): a text falls apart where nothing shows a gap."""
    glued_at_gap: float = 3.0
    """Chosen: a text falls apart where the raw text has a gap."""
    glued_figures: float = -2.0
    """Chosen: the gap stands between two figures, which no single cell would print."""
    glued_twice: float = -1.0
    """Chosen: a text says the same words twice."""
    known_tail: float = 1.5
    """Chosen: the right half is a word that only ever stands alone."""

    # rows of the page and rows of the table
    split: float = 4.0
    """Counted on forged forms (3.3): a row of the table goes on in the next row of the page."""
    split_at_gap: float = 2.0
    """Counted on forged forms (2.9): it does so across a page's end or an empty line."""
    shifted_join: float = 2.5
    """Chosen: what goes on stands one column aside."""
    joined_cell: float = 1.5
    """Chosen: a filled cell goes on in a filled cell."""
    late_cell: float = 2.5
    """Chosen on top of `joined_cell`: the cell above is blank."""
    joined_figure: float = 4.0
    """Chosen on top of `joined_cell`: what goes on begins with a digit, or has digits and no words."""
    foreign_row: float = 6.0
    """Counted on forged forms (6.6): a row of the page belongs to no row of the table."""
    foreign_cell: float = 4.5
    """Chosen on top of `foreign_row`, for each of its filled cells."""
    offset_same: float = 0.1
    """Chosen: a row begins in the same column as the one before."""
    offset_change: float = 2.0
    """Counted on forged forms (3.7): it begins in another column."""
    offset_change_at_gap: float = 1.0
    """Chosen (counted: 2.7): it does so across a page's end or an empty line."""
    offset_step: float = 0.5
    """Chosen on top, for each column by which it is off."""
    offset_start: float = 0.2
    """Chosen: for each column by which the table's first row is off."""

    # the order of the entries
    next_entry: float = 0.2
    """Counted on forged forms (0.3): the catalogue's next entry follows."""
    skip_first: float = 2.5
    """Counted on forged forms (2.7): entries are left out."""
    skip_more: float = 0.35
    """Chosen on top, for each entry left out."""
    repeat_own: float = 1.5
    """Counted on forged forms (1.7): one more own indicator under the same level 2."""
    repeat_fixed: float = 9.0
    """Chosen: the same entry twice."""
    back: float = 8.0
    """Chosen: an entry that the catalogue has earlier."""
    unusual_own: float = 6.0
    """Counted on forged forms (4.7): an own indicator where the catalogue foresees none."""
    open_level2: float = 9.0
    """Chosen: a level 2 that the catalogue does not know."""
    within_level2: float = 0.7
    """Chosen: an own indicator beside an entry of the same level 2; at its count (4.7) damaged forms read worse."""
    variant_on: float = 4.0
    """Counted on forged forms (4.5): the next horizon begins."""
    variant_back: float = 3.0
    """Chosen: the earlier horizon comes again."""


PRICES = TablePrices()
"""The prices in use."""
