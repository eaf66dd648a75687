"""Why a file is taken for which form, a line for each layout that explains something of it."""

from __future__ import annotations

from extract.transcripts.markup import text_to_pieces
from models.document import Document
from shenbao.show.claims import document_to_lines
from tests.places import ROOT


def lines(text: str) -> list[str]:
    return list(document_to_lines(Document(tuple(text_to_pieces(text)), "text/markdown")))


def test_each_form_of_a_file_is_told_with_the_layout_that_claims_it() -> None:
    text = (ROOT / "samples" / "yangxian-justice.md").read_text("utf-8")
    heads = [line for line in lines(text) if line.startswith("form ")]
    assert [head.rpartition(": ")[2] for head in heads] == ["hubei-2025"]
    assert "rows from" in heads[0]


def test_below_it_the_layouts_stand_with_what_they_explain_the_best_first() -> None:
    text = (ROOT / "samples" / "yangxian-justice.md").read_text("utf-8")
    below = [line for line in lines(text) if line.startswith("  hubei")]
    assert below[0].split()[0] == "hubei-2025"
    assert "labels explained" in below[0]


def test_what_no_layout_knows_is_said_not_to_be_a_form() -> None:
    head, *_ = lines("| 姓名 | 年龄 |\n| --- | --- |\n| 张三 | 30 |\n")
    assert head.startswith("form 1, ")
    assert "hubei" not in head


def test_a_layout_that_lacks_what_it_needs_says_so() -> None:
    text = (ROOT / "samples" / "yangxian-justice.md").read_text("utf-8")
    said = {line.split()[0]: line for line in lines(text) if "labels explained" in line}
    assert "lacks a word" not in said["hubei-2025"]
    assert said["hubei-2025"].endswith(" title")
    assert any("lacks a word" in line for name, line in said.items() if name != "hubei-2025")


def test_a_misread_title_is_told_from_none() -> None:
    text = (ROOT / "samples" / "yangxian-justice.md").read_text("utf-8")
    misread = lines(text.replace("部门整体绩效目标申报表", "部门整休绩效目标申报表"))
    without = lines(text.replace("部门整体绩效目标申报表", ""))
    assert next(line for line in misread if line.startswith("  hubei-2025 ")).endswith("title misread")
    assert next(line for line in without if line.startswith("  hubei-2025 ")).endswith("no title")
