"""What is said about a form that no layout describes: it was read by the words that such forms share."""

from __future__ import annotations

from normalize.form.layouts import Layout
from normalize.notes.notes import Notebook, Notes


def note_unverified(layout: Layout) -> Notes:
    """The finding that keeps a form which was read by its labels from being accepted unseen."""
    book = Notebook()
    if layout.by_labels:
        message = "没有这种表的版式，按通用栏目名称读取，请逐项核对"
        book.add_finding("layout-unverified", None, message)
    return book.notes()
