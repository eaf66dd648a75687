from __future__ import annotations

from models.submission import Submission
from shenbao.desk.desk import Desk
from shenbao.desk.queue.queue import Address
from shenbao.desk.view import field_to_view


def test_the_row_of_a_field_is_shown_without_cutting_through_a_neighbour_of_more_lines(
    desk: Desk, fax: Submission
) -> None:
    view = field_to_view(desk, Address(fax.source.sha256, 0, "/projects/5/total_budget"))
    purpose = fax.forms[0].evidence["/projects/5/purpose"].bbox
    assert view.row_box and view.box and purpose
    assert purpose[1] < view.box[1] and view.box[3] < purpose[3]
    assert (view.row_box[1], view.row_box[3]) == (purpose[1], purpose[3])


def test_a_place_in_a_text_is_said_in_chinese(desk: Desk, justice: Submission) -> None:
    path, seen = next(
        (path, seen)
        for path, seen in justice.forms[0].evidence.items()
        if seen.part and seen.part.startswith("line ") and path.endswith("/basis")
    )
    view = field_to_view(desk, Address(justice.source.sha256, 0, path))
    assert view.place == f"原文第 {(seen.part or '').removeprefix('line ')} 行"
