"""Which text was meant? Misreadings and slips are repaired, rewordings and own names survive, ties are doubts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.channel.broken_words import is_strange
from normalize.channel.decision import Decision, read_closed
from normalize.channel.decision import read_together as decide
from normalize.channel.observation import OcrText, PictureText
from normalize.form.catalogue import BASES, CATEGORIES, load_catalogue
from tests.pictured import line

BUDGETED = "重点项目预算有保障，项目之间不存在交叉重复"
COMPLIANT = "符合国家规定，手续齐全"
STAFF = "人才储备规划符合单位发展需求"
STANDARDS = tuple(e.standard for e in load_catalogue().entries if e.standard and len(e.standard) > 4)
NAMES = tuple(e.level3 for e in load_catalogue().entries if e.level3)


def read_together(
    seen: list[str], standards: Sequence[str] = (), *, printed: float = 0.0
) -> tuple[Decision, ...]:
    return decide([OcrText(text) for text in seen], standards, printed=printed)


def texts(decisions: tuple[Decision, ...]) -> list[str]:
    return [decision.text for decision in decisions]


def test_nothing_seen_is_nothing_to_decide() -> None:
    assert read_together([]) == ()


def test_a_character_that_a_picture_shows_clearly_is_no_misreading_whatever_the_twins_say() -> None:
    usual = "设置依据充分，符合客观实际，符合中长期规划和年度工作计划"
    seen = usual.replace("充分", "较充分")
    cells = [PictureText(text, line(text)) for text in (seen, usual, usual, usual)]
    assert texts(decide(cells, [usual])) == [seen, usual, usual, usual]


def test_a_slip_that_was_copied_to_three_annual_cells_is_repaired() -> None:
    typed = BUDGETED.replace("有", "由")
    decisions = read_together([BUDGETED, typed, typed, typed], [BUDGETED])
    assert texts(decisions) == [BUDGETED] * 4
    assert [decision.kind for decision in decisions] == ["kept", "slip", "slip", "slip"]
    assert decisions[1].rival == typed


@pytest.mark.parametrize(
    ("usual", "meant", "typed"),
    [
        (COMPLIANT, "符合", "付合"),
        (COMPLIANT, "齐全", "其全"),
        (STAFF, "储备", "储配"),
        ("设立依据充分，按规定程序设立", "依据", "依剧"),
        ("财务管理制度合法、合规、完整", "完整", "完正"),
    ],
)
def test_a_slip_in_all_cells_is_repaired(usual: str, meant: str, typed: str) -> None:
    assert texts(read_together([usual.replace(meant, typed)] * 4, [usual])) == [usual] * 4


@pytest.mark.parametrize(
    ("usual", "printed", "seen"),
    [
        (COMPLIANT, "国", "囯"),
        (STAFF, "储", "诸"),
        ("服务型政府建设", "设", "没"),
        ("财务管理制度合法、合规、完整", "管", "菅"),
        ("充分利用信息化手段提升工作效率", "息", "恩"),
        ("设立依据充分，按规定程序设立", "据", "椐"),
    ],
)
@pytest.mark.parametrize("copies", [1, 4])
def test_a_look_alike_is_repaired(usual: str, printed: str, seen: str, copies: int) -> None:
    decisions = read_together([usual.replace(printed, seen)] * copies, [usual])
    assert texts(decisions) == [usual] * copies
    assert all(decision.repaired and decision.margin > 3 for decision in decisions)


@pytest.mark.parametrize(
    ("usual", "before", "after"),
    [
        (COMPLIANT, "手续齐全", "手续完整"),
        (STAFF, "发展需求", "发展需要"),
        ("服务型政府建设", "政府", "单位"),
        ("设立依据充分，按规定程序设立", "按规定程序", "按程序"),
        ("制定资产配置、使用、处置制度，制定资产管理内部控制制度", "内部控制制度", "内控制度"),
        ("充分利用信息化手段提升工作效率", "利用", "运用"),
        ("充分利用信息化手段提升工作效率", "提升", "提高"),
        ("工作计划制定明确，与部门职能和中长期规划相符", "职能", "职责"),
        ("财务管理制度合法、合规、完整", "合规", "合理"),
        (BUDGETED, "不存在", "无"),
    ],
)
@pytest.mark.parametrize("cells", ["all", "long", "annual"])
def test_a_rewording_survives(usual: str, before: str, after: str, cells: str) -> None:
    own = usual.replace(before, after)
    seen = {"all": [own] * 4, "long": [own, usual, usual, usual], "annual": [usual, own, own, own]}[cells]
    assert texts(read_together(seen, [usual])) == seen


def test_a_rewording_with_a_word_the_list_lacks_survives_in_one_horizon() -> None:
    usual = "充分利用信息化手段提升工作效率"
    seen = [usual.replace("效率", "质效"), usual, usual, usual]
    assert texts(read_together(seen, [usual])) == seen


@pytest.mark.parametrize(
    ("usual", "before", "after"),
    [
        ("工作计划制定明确，与部门职能和中长期规划相符", "制定", "制订"),
        ("机构、职能、权力、责任、程序法定化", "权力", "权利"),
    ],
)
def test_a_rewording_that_sounds_like_the_usual_text_is_kept_and_doubted(
    usual: str, before: str, after: str
) -> None:
    own = usual.replace(before, after)
    decisions = read_together([own] * 4, [usual])
    assert texts(decisions) == [own] * 4
    assert all(decision.doubt and decision.rival == usual for decision in decisions)


def test_a_word_one_glyph_away_in_all_cells_is_kept_and_doubted() -> None:
    own = "财力管理制度合法、合规、完整"
    decisions = read_together([own, own], ["财务管理制度合法、合规、完整"])
    assert texts(decisions) == [own, own]
    assert all(decision.doubt for decision in decisions)


@given(st.sampled_from(STANDARDS), st.integers(1, 4))
def test_the_usual_text_is_never_touched(usual: str, copies: int) -> None:
    decisions = read_together([usual] * copies, [usual])
    assert all((d.text, d.kind, d.doubt) == (usual, "kept", False) for d in decisions)


@given(
    st.lists(
        st.sampled_from(("符合规定", "效果显著", "无", "手续完整", "按程序设立")), min_size=1, max_size=4
    )
)
def test_there_is_a_decision_for_every_cell_and_it_was_seen_or_is_usual(seen: list[str]) -> None:
    decisions = read_together(seen, [COMPLIANT])
    assert len(decisions) == len(seen)
    assert {d.text for d in decisions} <= {*seen, COMPLIANT}
    assert all(0.5 <= d.confidence <= 1 for d in decisions)


@given(st.permutations([COMPLIANT, COMPLIANT.replace("国", "囯"), "符合国家规定，手续完整", COMPLIANT]))
def test_the_order_of_the_cells_decides_nothing(seen: list[str]) -> None:
    expected = {COMPLIANT.replace("国", "囯"): COMPLIANT}
    assert texts(read_together(seen, [COMPLIANT])) == [expected.get(text, text) for text in seen]


def test_punctuation_is_no_evidence() -> None:
    decisions = read_together(["符合国家规定手续齐全", COMPLIANT], [COMPLIANT])
    assert not any(decision.repaired or decision.doubt for decision in decisions)


# own texts: only the twins speak


@pytest.mark.parametrize(
    "name",
    [
        "法律援助合格案件数",
        "项目预算执行率",
        "会议费节约率",
        "财政供养人员控制比例",
        "服务对象满意率",
        "业务培训完成率",
    ],
)
@pytest.mark.parametrize("copies", [1, 2])
def test_an_own_name_is_kept_letter_by_letter(name: str, copies: int) -> None:
    decisions = read_together([name] * copies)
    assert texts(decisions) == [name] * copies
    assert not any(decision.doubt for decision in decisions)


@pytest.mark.parametrize("name", NAMES)
def test_a_longer_own_name_is_not_the_catalogues(name: str) -> None:
    assert texts(read_together([f"重点{name}"], [name])) == [f"重点{name}"]


@pytest.mark.parametrize(
    ("clean", "misread"),
    [
        ("法律援助合格案件数", "法律援劢合格案件数"),
        ("特殊人群及弱势群体经济损失减少", "特殊人群及弱势群体经济损失减尐"),
        ("明显改善", "明显改攵善"),
        ("义务兵家庭优待金", "义务兵丬家庭优待金"),
        ("效果显著", "效果显箸"),
    ],
)
def test_a_misread_twin_is_repaired_towards_the_clean_one(clean: str, misread: str) -> None:
    for seen in ([clean, misread], [misread, clean]):
        decisions = read_together(seen)
        assert texts(decisions) == [clean, clean]
        assert {decision.kind for decision in decisions} == {"kept", "twin"}


@pytest.mark.parametrize(
    ("long", "annual"),
    [
        ("案件办结率", "案件办理率"),
        ("公路养护里程", "公路管护里程"),
        ("就业率", "从业率"),
        ("培训人次", "培训人数"),
        ("群众满意率", "群众满意度"),
        ("有效提升", "不断提高"),
    ],
)
def test_two_own_texts_in_good_chinese_are_both_kept(long: str, annual: str) -> None:
    assert texts(read_together([long, annual])) == [long, annual]


def test_an_own_text_misread_alike_in_both_cells_is_kept_and_looks_strange() -> None:
    decisions = read_together(["法律援劢合格案件数"] * 2)
    assert texts(decisions) == ["法律援劢合格案件数"] * 2
    assert is_strange(decisions[0].text)
    assert not is_strange("法律援助合格案件数")


# names that the form prints by itself, closed lists


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_name_is_known(name: str) -> None:
    assert texts(read_together([name, name], [name], printed=8.0)) == [name, name]


@pytest.mark.parametrize(
    ("seen", "name"),
    [("会汁核算规范性", "会计核算规范性"), ("预箅执行率", "预算执行率"), ("立顶规范性", "立项规范性")],
)
def test_a_misread_printed_name_is_repaired(seen: str, name: str) -> None:
    assert texts(read_together([seen, seen], [name], printed=8.0)) == [name, name]


@pytest.mark.parametrize("word", [*BASES, *CATEGORIES])
def test_a_word_of_a_closed_list_is_kept_whatever_is_usual(word: str) -> None:
    words = BASES if word in BASES else CATEGORIES
    assert (read_closed(OcrText(word), words).text, read_closed(OcrText(word), words).kind) == (
        word,
        "kept",
    )


@pytest.mark.parametrize(
    ("seen", "word"),
    [("预箕支出标准", "预算支出标准"), ("计刬标准", "计划标准"), ("历史标淮", "历史标准")],
)
def test_a_misread_word_is_repaired_to_the_list_not_to_the_usual_choice(seen: str, word: str) -> None:
    for words in (BASES, tuple(reversed(BASES))):
        decision = read_closed(OcrText(seen), words)
        assert (decision.text, decision.kind) == (word, "typo")


@pytest.mark.parametrize("seen", ["其他", "基本型", "文件规定", "标准"])
def test_a_word_outside_the_list_is_kept_and_doubted(seen: str) -> None:
    decision = read_closed(OcrText(seen), BASES)
    assert (decision.text, decision.doubt) == (seen, True)


def test_a_wording_that_the_twins_keep_is_not_undone_where_it_was_misread_besides() -> None:
    usual = "制定资产配置、使用、处置制度，制定资产管理内部控制制度"
    worded = usual.replace("制定", "制订")
    seen = [worded.replace("，制订", "，刹订"), worded, worded, worded]
    decisions = read_together(seen, [usual])
    assert usual not in texts(decisions)
    assert decisions[0].repaired or decisions[0].doubt


def test_a_repaired_text_keeps_the_marks_that_its_twins_have() -> None:
    worded = BUDGETED.replace("，", "、")
    assert (
        texts(read_together([worded.replace("项目预算", "项日预算"), worded, worded], [BUDGETED]))
        == [worded] * 3
    )


def pictures(*seen: tuple[str, Mapping[int, Mapping[str, float]]]) -> list[PictureText]:
    """Cells as their pictures show them: the text read and what else stands at some places."""
    return [PictureText(text, line(text, doubts)) for text, doubts in seen]


OWN = "基本信息内容真实、完整、准确，项目测算依据充足"
LOST = OWN.replace("实、", "实")


def test_a_comma_of_an_own_text_that_one_picture_lost_is_that_of_its_twins() -> None:
    twins = pictures((OWN, {}), (OWN, {}))
    lost = PictureText(LOST, line(OWN, {8: {"": 0.9}}))
    assert texts(decide([*twins, lost])) == [OWN] * 3


def test_a_comma_that_a_picture_clearly_does_not_show_was_not_written() -> None:
    cells = pictures((OWN, {}), (OWN, {}), (LOST, {}))
    assert texts(decide(cells))[2] == LOST


def test_a_comma_that_a_picture_shows_is_never_taken_away_because_its_twins_lost_theirs() -> None:
    faint = {8: {"": 0.3}}
    shown = PictureText(OWN, line(OWN, faint))
    decision = decide([shown, *pictures((LOST, {}), (LOST, {}))])[0]
    assert (decision.text, decision.doubt) == (OWN, True)


def test_a_speck_within_a_word_is_no_mark() -> None:
    specked = COMPLIANT.replace("手续", "手：续")
    cells = pictures((COMPLIANT, {}), (COMPLIANT, {}), (specked, {8: {"": 0.3}}))
    assert texts(decide(cells)) == [COMPLIANT] * 3


def test_a_character_that_a_picture_shows_between_others_is_not_the_catalogues_to_take_away() -> None:
    usual = "与政府战略匹配、与部门职能相符"
    longer = usual.replace("匹配", "相匹配")
    cells = pictures((usual, {}), (usual, {}), (longer, {5: {"": 0.02}}))
    assert texts(decide(cells, [usual])) == [usual, usual, longer]


def test_cells_repaired_by_their_twins_have_no_voice_in_how_the_text_is_spelled() -> None:
    broken = LOST.replace("测算", "测篝")
    cells = pictures((OWN, {}), (LOST, {}), (broken, {17: {"算": 0.4}}), (broken, {17: {"算": 0.4}}))
    assert texts(decide(cells))[0] == OWN


def test_a_repaired_text_never_takes_a_speck_for_a_mark() -> None:
    specked = COMPLIANT.replace("，", ".")
    seen = pictures((specked.replace("规定", "规走"), {5: {"定": 0.3}}), (specked, {6: {"，": 0.1}}))
    assert texts(decide(seen, [COMPLIANT])) == [COMPLIANT] * 2


@pytest.mark.parametrize(
    ("seen", "whole", "text"),
    [
        ("联系部门满意", "联系部门满意度", "联系部门满意度"),
        ("充分利用信息化手段提升工作效", "充分利用信息化手段提升工作效率", "充分利用信息化手段提升工作效率"),
        ("信息化建设", "信息化建设情况", "信息化建设"),
    ],
)
def test_a_text_that_breaks_off_within_a_word_is_the_catalogues_and_doubted(
    seen: str, whole: str, text: str
) -> None:
    (decision,) = decide([PictureText(seen, line(seen))], [whole], printed=4.0)
    assert decision.text == text
    assert decision.doubt == (seen != text)


def covered(text: str) -> PictureText:
    """What a recogniser made of print beneath a pen: nowhere more than one in four sure."""
    return PictureText(text, line(text, {place: {"另": 0.4, "": 0.35} for place in range(len(text))}))


def test_what_covers_the_print_gives_way_to_the_twin_and_stays_a_doubt() -> None:
    name = "信息化建设情况"
    hidden, twin = decide([covered("同态连叹用四科"), PictureText(name, line(name))], [name], printed=4.0)
    assert (hidden.text, hidden.repaired, hidden.doubt) == (name, True, True)
    assert hidden.confidence == 0.5
    assert (twin.text, twin.doubt) == (name, False)


def test_what_covers_the_print_stays_where_no_twin_was_read() -> None:
    (hidden,) = decide([covered("同态连叹用四科")], ["信息化建设情况"], printed=4.0)
    assert (hidden.text, hidden.doubt) == ("同态连叹用四科", True)


def test_a_longer_wording_that_a_picture_shows_clearly_is_no_doubt() -> None:
    longer = "符合国家法律法规规定，手续齐全"
    certain = {place: {"另": 1e-6} for place in range(len(longer))}
    (clear,) = decide([PictureText(longer, line(longer, certain))], [COMPLIANT])
    faint = {5: {"去": 0.3}, 9: {"观": 0.3}}
    (unsure,) = decide([PictureText(longer, line(longer, faint))], [COMPLIANT])
    assert (clear.text, clear.doubt) == (longer, False)
    assert (unsure.text, unsure.doubt) == (longer, True)


def test_another_wording_that_is_clearly_read_never_gives_way() -> None:
    seen, name = "同态连叹用四科", "信息化建设情况"
    clear, _ = decide([PictureText(seen, line(seen)), PictureText(name, line(name))], [name], printed=4.0)
    assert clear.text == seen
