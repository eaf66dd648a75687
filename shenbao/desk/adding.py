"""A person's reply that a row of the paper was not read, as an entry of the log."""

from __future__ import annotations

import json
from datetime import datetime

from shenbao.desk.overlay.added_rows import (
    column_text,
    count_named,
    json_to_texts,
    node_name,
    row_columns,
    row_name,
    texts_to_row,
)
from shenbao.desk.overlay.fields import node_at
from shenbao.desk.queue.opened import GoneError, Opened, Reply
from shenbao.ingest.ledger.decisions import ConflictError, DeskDecision
from shenbao.version import program_version


def reply_to_added_row(opened: Opened, reply: Reply, now: datetime) -> DeskDecision:
    """The entry for a row that is put in; the reply's path is that of the row before it, or of the list for the first.

    Raises `AnswerError` for what the columns do not take, `GoneError` for no such list, `ConflictError`.
    """
    form, anchor = reply.address.form, reply.address.path
    if not 0 <= form < len(opened.sheets):
        raise GoneError("读取结果中已没有此表，请返回队列")
    sheet = opened.sheets[form]
    is_first = isinstance(node_at(sheet.tree, anchor), list)
    holder = anchor if is_first else anchor.rpartition("/")[0]
    if not is_first and sheet.node(anchor) is None:
        raise GoneError("读取结果中已没有这一行，请返回队列")
    texts = json_to_texts(reply.text or "")
    columns = row_columns(sheet, holder)
    node = texts_to_row(sheet, holder, columns, texts)
    known = {one.path for one in opened.decisions if one.form == form and one.path.startswith(f"{holder}/+")}
    if reply.version != len(known):
        raise ConflictError(holder)
    kept = {name: text for name in columns if (text := column_text(node, name))}
    return DeskDecision(
        *(reply.address.sha256, form, f"{holder}/+{len(known)}", "add"),
        answered=None if is_first else row_name(sheet, anchor),
        read=None if is_first else anchor,
        before=str(count_named(sheet, holder, node_name(node))),
        after=json.dumps(kept, ensure_ascii=False),
        version=0,
        why=reply.remark,
        person=reply.person,
        at=now.isoformat(timespec="seconds"),
        seconds=round(reply.seconds, 1),
        program=program_version(),
    )
