"""All that the decisions of a folder propose, in one order."""

from __future__ import annotations

from shenbao.desk.desk import Desk
from shenbao.desk.learning.confusions import confusion_lessons
from shenbao.desk.learning.labels import label_lessons
from shenbao.desk.learning.lessons import Lesson, in_their_order
from shenbao.desk.learning.texts import text_lessons
from shenbao.desk.pages.page_maker import PageMaker


def lessons(desk: Desk, maker: PageMaker | None = None) -> list[Lesson]:
    """Every proposal; a number in this list means the same until other decisions are made or a proposal is adopted.

    `maker` shows the files' tables: labels beside fields are looked for there.
    """
    return in_their_order([*text_lessons(desk), *label_lessons(desk, maker), *confusion_lessons(desk)])
