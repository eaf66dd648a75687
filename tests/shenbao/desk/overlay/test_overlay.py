from __future__ import annotations

from models.declaration import DepartmentOverall
from models.submission import Submission
from shenbao.desk.overlay.overlay import Final, apply_decisions
from tests.shenbao.desk.decided import decision, decisions

ROW = "/annual/indicators/0"
BLANKS = [f"{ROW}/{name}" for name in ("basis", "category", "history/year_before_last", "history/last_year")]


def data(final: Final) -> DepartmentOverall:
    found = final.submission.forms[0].data
    assert isinstance(found, DepartmentOverall)
    return found


def codes_at(final: Final, path: str) -> list[str]:
    found = (found for found in final.submission.forms[0].findings if found.path == path)
    return [one.code for one in found if one.category in ("reading", "arithmetic") and one.severity != "info"]


def test_without_decisions_the_reading_stays_as_it_is(justice: Submission) -> None:
    final = apply_decisions(justice, {})
    assert final.submission is justice
    assert list(final.doubts[0].fields) == BLANKS


def test_an_edit_is_in_the_final_and_says_whose_word_it_is(justice: Submission) -> None:
    final = apply_decisions(justice, decisions(decision(justice, f"{ROW}/basis", "edit", "计划标准")))
    assert data(final).annual.indicators[0].basis == "计划标准"
    assert final.submission.forms[0].evidence[f"{ROW}/basis"].origin == "person"
    assert "missing-value" not in codes_at(final, f"{ROW}/basis")
    assert list(final.doubts[0].fields) == BLANKS[1:]


def test_all_doubts_settled_makes_a_form_accepted(justice: Submission) -> None:
    final = apply_decisions(justice, decisions(*(decision(justice, path, "blank") for path in BLANKS)))
    assert final.submission.status == "accepted"
    assert not final.doubts[0].fields


def test_what_nobody_can_read_stays_a_finding_and_is_not_asked_again(justice: Submission) -> None:
    final = apply_decisions(justice, decisions(decision(justice, f"{ROW}/basis", "illegible")))
    assert codes_at(final, f"{ROW}/basis") == ["illegible"]
    assert f"{ROW}/basis" not in final.doubts[0].fields


def test_a_wrong_answer_breaks_a_sum_and_the_desk_asks_again(justice: Submission) -> None:
    path = "/budget/expenditure/0/amount"
    final = apply_decisions(justice, decisions(decision(justice, path, "edit", "1470.98")))
    assert "sum-mismatch" in codes_at(final, path)
    assert path not in final.doubts[0].fields
    assert "/budget/expenditure/1/amount" in final.doubts[0].fields


def test_an_accepted_repair_stays_and_an_overruled_one_goes(justice: Submission) -> None:
    path = "/annual/indicators/7/target"
    repairs = [repair.path for repair in justice.forms[0].repairs]
    assert f"{path}/text" in repairs
    kept = apply_decisions(justice, decisions(decision(justice, path, "accept"))).submission.forms[0].repairs
    gone = (
        apply_decisions(justice, decisions(decision(justice, path, "edit", "≥90%")))
        .submission.forms[0]
        .repairs
    )
    assert f"{path}/text" in [repair.path for repair in kept]
    assert f"{path}/text" not in [repair.path for repair in gone]


def test_a_row_that_is_not_on_the_paper_goes_and_the_rest_moves_up(justice: Submission) -> None:
    before = apply_decisions(justice, {}).submission.forms[0]
    final = apply_decisions(justice, decisions(decision(justice, ROW, "absent")))
    after = final.submission.forms[0]
    assert data(final).annual.indicators[0] == before.data.annual.indicators[1]
    assert after.evidence[f"{ROW}/level3"] == before.evidence["/annual/indicators/1/level3"]
    assert not final.doubts[0].fields


def test_a_row_whose_name_is_blank_is_asked_whole_and_goes_when_all_of_it_is(justice: Submission) -> None:
    first = decision(justice, f"{ROW}/level3", "blank")
    asked = apply_decisions(justice, decisions(first))
    rest = [path for path in asked.doubts[0].fields if path.startswith(f"{ROW}/")]
    assert f"{ROW}/target" in rest
    everything = [first, *(decision(justice, path, "blank") for path in rest)]
    final = apply_decisions(justice, decisions(*everything))
    assert len(data(final).annual.indicators) == len(justice.forms[0].data.annual.indicators) - 1
    assert not final.doubts[0].fields


def test_an_item_of_a_list_that_is_blank_goes(justice: Submission) -> None:
    final = apply_decisions(justice, decisions(decision(justice, "/functions/1", "blank")))
    functions = data(apply_decisions(justice, {})).functions
    assert data(final).functions == (functions[0], *functions[2:])


def changed(reading: Submission, **fields: object) -> Submission:
    form = reading.forms[0]
    update = {"data": form.data.model_copy(update=fields)}
    return reading.model_copy(update={"forms": (form.model_copy(update=update),)})


def test_a_decision_about_another_reading_is_stale_and_asks_again(justice: Submission) -> None:
    made = decisions(decision(justice, "/phone", "edit", "0715-1234567"))
    final = apply_decisions(changed(justice, phone="0715-7654321"), made)
    assert [one.path for one in final.stale] == ["/phone"]
    assert "/phone" in final.doubts[0].fields
    assert data(final).phone == "0715-7654321"


def test_a_reading_that_says_what_the_person_said_agrees(justice: Submission) -> None:
    made = decisions(decision(justice, "/phone", "edit", "0715-1234567"))
    final = apply_decisions(changed(justice, phone="0715-1234567"), made)
    assert not final.stale


def test_a_decision_follows_its_row_when_the_row_moves(justice: Submission) -> None:
    form = justice.forms[0]
    path = "/projects/1/purpose"
    made = decisions(decision(justice, path, "edit", "用于新用途"))
    projects = data(apply_decisions(justice, {})).projects
    moved = (projects[0].model_copy(update={"name": "新项目", "purpose": "另一用途"}), *projects)
    evidence = {
        (f"/projects/{int(p.split('/')[2]) + 1}/{p.split('/')[3]}" if p.startswith("/projects/") else p): seen
        for p, seen in form.evidence.items()
    }
    shifted = form.model_copy(
        update={"data": form.data.model_copy(update={"projects": moved}), "evidence": evidence}
    )
    final = apply_decisions(justice.model_copy(update={"forms": (shifted,)}), made)
    assert data(final).projects[2].purpose == "用于新用途"
    assert not final.stale
