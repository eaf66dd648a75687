"""The return memo: what it says, asks and leaves out, in Word and as a page."""

from __future__ import annotations

from io import BytesIO

import docx
from PIL import Image

from models.finding import Finding
from shenbao.answer.memo import Memo, forms_to_memo, held_to_asked
from shenbao.answer.memo_files import memo_to_docx, memo_to_html
from shenbao.answer.wording import load_words
from tests.shenbao.compare.forms import finding, form, held, indicator

UNIT = finding("unit-missing", "/annual/indicators/0/target", "import")
VAGUE = finding("vague-wording", "/annual/indicators/0/target", severity="info")
DOUBT = finding("low-confidence", "/annual/indicators/0/target", "reading")


def memo(*findings: Finding, department: str = "江阳县水利局", picture: bytes = b"") -> Memo:
    one = held(form(indicator("巡查次数", "≥5"), findings=findings, department=department))
    clips = {(one.file, "/annual/indicators/0/target"): picture} if picture else {}
    return forms_to_memo([held_to_asked(one)], load_words(), clips)


def words_of(made: Memo) -> str:
    document = docx.Document(BytesIO(memo_to_docx(made)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_each_point_has_its_place_what_is_the_matter_and_what_is_asked() -> None:
    made = memo(UNIT, VAGUE)
    assert [group.heading for group in made.groups] == ["一、请补充完善的内容", "二、请说明或斟酌的事项"]
    (line,) = made.groups[0].lines
    assert line.where == "年度绩效指标第 1 行“巡查次数”的指标值"
    assert line.asks == "补填计量单位。"
    assert "有 2 处需要你单位更正" in made.letter[0]


def test_a_point_whose_reading_is_not_settled_waits() -> None:
    made = memo(UNIT, DOUBT)
    assert made.count == 0
    assert made.ending == ("另有 1 处内容我们正在与原件核对，如需你单位处理，将另行告知。",)


def test_word_and_page_say_the_same() -> None:
    made = memo(UNIT)
    for text in ("江阳县水利局：", "补填计量单位。", "审核人："):
        assert text in words_of(made)
        assert text in memo_to_html(made)


def test_names_and_texts_that_look_like_markup_stay_text() -> None:
    made = memo(UNIT, department="<script>&局</script>\x00")
    assert "<script>&局</script>" in words_of(made)
    assert "<script" not in memo_to_html(made)


def test_the_same_memo_is_the_same_bytes() -> None:
    assert memo_to_docx(memo(UNIT)) == memo_to_docx(memo(UNIT))


def test_a_picture_of_the_place_stands_below_the_words() -> None:
    file = BytesIO()
    Image.new("RGB", (400, 60), "white").save(file, "PNG", dpi=(144, 144))
    made = memo(UNIT, picture=file.getvalue())
    assert len(docx.Document(BytesIO(memo_to_docx(made))).inline_shapes) == 1
    assert "data:image/png;base64," in memo_to_html(made)


def test_a_department_with_several_forms_gets_one_memo() -> None:
    forms = [
        held_to_asked(held(form(findings=(finding("phone-unusual", "/phone"),)), name)) for name in ("a", "b")
    ]
    made = forms_to_memo(forms, load_words(), {})
    assert [line.number for group in made.groups for line in group.lines] == [1, 2]
    assert all(group.form for group in made.groups)
