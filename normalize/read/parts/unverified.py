"""What is said about a form that no layout describes: it was read by the words that such forms share."""

from __future__ import annotations

from models.declaration import Declaration
from normalize.form.layouts import Layout
from normalize.notes.notes import Notebook, Notes

_MAY_BE_PRINTED = (
    *("filled_on", "money_unit", "department", "unit", "category", "period", "preparer", "phone"),
    *("budget", "total_budget", "annual_budget", "sources", "tasks", "projects", "long_term"),
)
"""Parts of a declaration that are not asked for by themselves and that another label may hide."""


def note_unverified(layout: Layout, data: Declaration, notes: Notes) -> Notes:
    """The findings that keep a form which was read by its labels from being accepted unseen: on it and on each part read.

    `notes` say which parts of `data` were read. Where the form prints something that was not understood, a part without a
    value is doubted, too: it may be that. Nothing is said of a form that its layout describes.
    """
    book = Notebook()
    if not layout.by_labels:
        return book.notes()
    message = "没有版式收录此表，按其栏目名称读取，请逐项核对；可用 shenbao layouts 添加版式"
    book.add_finding("layout-unverified", None, message)
    read = dict.fromkeys("/" + path.split("/")[1] for path in notes.evidence)
    if data.other or any(found.code == "unplaced-row" for found in notes.findings):
        told = {found.path for found in notes.findings}
        unread = [name for name in _MAY_BE_PRINTED if hasattr(data, name) and f"/{name}" not in read]
        for name in (name for name in unread if f"/{name}" not in told):
            message = "此项未读到，而表中有内容未能归入任何一项，请核对"
            book.add_finding("layout-unverified", f"/{name}", message)
    for path in read:
        book.add_finding("layout-unverified", path, "此项未按已收录的版式读取，请核对")
    return book.notes()
