"""What is said about a form that no layout describes: it was read by the words that such forms share."""

from __future__ import annotations

from normalize.form.layouts import Layout
from normalize.notes.notes import Notebook, Notes


def note_unverified(layout: Layout, notes: Notes) -> Notes:
    """The findings that keep a form which was read by its labels from being accepted unseen: on it and on each part read.

    `notes` say which parts were read. Nothing is said of a form that its layout describes.
    """
    book = Notebook()
    if not layout.by_labels:
        return book.notes()
    message = "没有版式收录此表，按其栏目名称读取，请逐项核对；可用 shenbao layouts 添加版式"
    book.add_finding("layout-unverified", None, message)
    for path in dict.fromkeys("/" + path.split("/")[1] for path in notes.evidence):
        book.add_finding("layout-unverified", path, "此项未按已收录的版式读取，请核对")
    return book.notes()
