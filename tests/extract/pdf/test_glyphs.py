"""What glyphs say, and which text layers are not believed."""

from __future__ import annotations

import pytest

from extract.page.symbols import UNREADABLE
from extract.pdf.glyphs import glyph_to_text, is_garbled


@pytest.mark.parametrize(
    ("raw", "font", "text"),
    [
        ("⽤，％", "Song", "⽤，％"),
        ("ﬁ", "Arial", "fi"),
        ("\u3000", "SimSun", " "),
        ("\ufeff", "SimSun", ""),
        ("\u00ad", "SimSun", "-"),
        ("\ufe35", "SimSun", "("),
        ("\uf0b3", "ABCDEF+SymbolMT", "≥"),
        ("\uf0fe", "Wingdings-Regular", "☑"),
        ("\ue123", "SimSun", UNREADABLE),
        ("(cid:123)", "SimSun", UNREADABLE),
    ],
)
def test_glyph_to_text(raw: str, font: str, text: str) -> None:
    assert glyph_to_text(raw, font) == text


@pytest.mark.parametrize(
    ("text", "garbled"),
    [
        ("", False),
        ("部门整体绩效目标申报表 2025 年 ≥95% Office", False),
        ("玖玥珺瑄" + "部门整体绩效目标申报表填报人联系电话", False),
        (UNREADABLE * 3 + "三二一", True),
        ("ǱǲĄąȞȟɠɡ" * 4, True),
        ("㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉" * 3, True),
        ("⽤⻔⾦⽬⼈⼀" * 20, False),
        ("   ", False),
        (" " * 200, True),
    ],
)
def test_is_garbled(text: str, garbled: bool) -> None:
    assert is_garbled(text) is garbled
