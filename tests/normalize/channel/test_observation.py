"""How a text was seen decides what else it may be: a file's own, a transcript, a picture."""

from __future__ import annotations

from normalize.channel.decision import read_together
from normalize.channel.observation import FileText, OcrText, PictureText
from tests.pictured import line

BUDGETED = "重点项目预算有保障，项目之间不存在交叉重复"
TYPED = BUDGETED.replace("有", "由")


def picture(text: str, *doubts: tuple[int, str, float]) -> PictureText:
    return PictureText(text, line(text, {place: {char: p} for place, char, p in doubts}))


def test_what_was_seen_costs_nothing() -> None:
    assert [seen("设立").cost("设立") for seen in (FileText, OcrText, picture)] == [0.0, 0.0, 0.0]


def test_a_files_own_characters_are_nothing_else() -> None:
    assert not FileText("由保障").allows("有保障")
    assert FileText("由保障").excludes("有保障")


def test_a_picture_allows_what_it_hesitates_to_say_and_excludes_what_it_does_not_show() -> None:
    hesitant, clear = picture("由保障", (0, "有", 0.3)), picture("由保障")
    assert (hesitant.allows("有保障"), hesitant.excludes("有保障")) == (True, False)
    assert (clear.allows("有保障"), clear.excludes("有保障")) == (False, True)


def test_a_lost_comma_is_no_difference_to_a_picture_that_hesitates() -> None:
    seen = "设立依据充分，按规定程序设立"
    assert picture(seen, (6, "", 0.4)).spells("设立依据充分按规定程序设立")
    assert not picture(seen).spells("设立依据充分按规定程序设立")


def test_a_misreading_that_the_picture_hesitates_about_is_repaired() -> None:
    seen = picture(TYPED, (6, "有", 0.3))
    (decision,) = read_together([seen], [BUDGETED])
    assert (decision.text, decision.kind, decision.doubt) == (BUDGETED, "typo", False)


def test_a_wording_that_all_pictures_show_clearly_is_kept() -> None:
    reworded = "符合国家规定，手续完整"
    decisions = read_together([picture(reworded)] * 2, ["符合国家规定，手续齐全"])
    assert {(decision.text, decision.kind, decision.doubt) for decision in decisions} == {
        (reworded, "reworded", False)
    }
