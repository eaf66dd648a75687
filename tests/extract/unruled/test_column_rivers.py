from __future__ import annotations

from extract.page.text_lines import chars_to_lines
from extract.unruled.column_rivers import line_to_words, lines_to_blocks
from models.page import Char
from tests.paper import typed


def lines(
    *rows: tuple[str, ...], xs: tuple[float, ...] = (50, 150, 250), top: float = 100
) -> list[list[Char]]:
    chars: list[Char] = []
    for n, row in enumerate(rows):
        for x, word in zip(xs, row, strict=False):
            chars += typed(word, x, top + 15 * n)
    return chars_to_lines(chars)


def test_a_column_edge_is_white_through_all_lines() -> None:
    (block,) = lines_to_blocks(lines(("项目", "金额", "占比"), ("人员类项目", "3268.4", "72%")))
    assert [100 <= start < end <= 250 for start, end in block.edges] == [True, True]


def test_a_gap_within_words_is_no_column_edge() -> None:
    (block,) = lines_to_blocks(lines(("项目", "金额"), ("人员", "县乡 道路"), ("运转", "工资福利")))
    assert len(block.edges) == 1


def test_a_heading_over_two_columns_does_not_close_their_river() -> None:
    body = lines(*[("人员", "3268.4", "402.87")] * 6)
    heading = chars_to_lines(typed("近两年收支金额合计", 165, 85))
    (block,) = lines_to_blocks([*heading, *body])
    assert len(block.edges) == 2


def test_lines_of_other_columns_are_another_block() -> None:
    table = lines(*[("人员", "3268.4", "402.87", "72%")] * 6, xs=(50, 150, 250, 350))
    prose = lines(
        *[("职能", "负责全县公路水路运输市场监管和城乡客运设施规划管理")] * 3, xs=(50, 120), top=200
    )
    assert [(b.first, b.last, len(b.edges)) for b in lines_to_blocks([*table, *prose])] == [
        (0, 6, 3),
        (6, 9, 1),
    ]


def test_words_end_at_a_gap_and_blanks_belong_to_none() -> None:
    (line,) = lines(("一级 指标", "二级"))
    assert ["".join(char.text for char in word) for word in line_to_words(line)] == ["一级", "指标", "二级"]


def test_on_a_page_of_very_many_lines_every_line_is_in_one_block() -> None:
    many = lines(*[("人员", "3268.4", "72%")] * 250)
    blocks = lines_to_blocks(many)
    assert [block.first for block in blocks] == [0, *(block.last for block in blocks[:-1])]
    assert blocks[-1].last == 250
    assert {len(block.edges) for block in blocks} == {2}


def test_a_page_crowded_with_type_is_looked_at_in_parts_of_few_lines() -> None:
    crowded = lines(*[("人" * 400, "3268.4", "72%")] * 40, xs=(50, 5000, 6000))
    blocks = lines_to_blocks(crowded)
    assert [block.first for block in blocks] == [0, *(block.last for block in blocks[:-1])]
    assert blocks[-1].last == 40
    assert max(block.last - block.first for block in blocks) <= 7
