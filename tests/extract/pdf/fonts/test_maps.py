"""A map of characters of which something is lost is not whole."""

from __future__ import annotations

import pytest

from extract.pdf.fonts.maps import is_whole_map

WHOLE = b"""/CIDInit/ProcSet findresource begin
begincmap
1 begincodespacerange
<00> <FF>
endcodespacerange
3 beginbfchar
<01> <4E2D>
<02> <00660069> % a ligature
<03> <D840DC0B>
endbfchar
2 beginbfrange
<10><12><0031>
<20> <21> [<4E00> <4E8C>]
endbfrange
endcmap"""


def test_a_whole_map_is_whole() -> None:
    assert is_whole_map(WHOLE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"<4E2D>", b"<4E2>"),
        (b"<4E2D>", b"<4E2D"),
        (b"<4E2D>", b"<4E\xb52D>"),
        (b"<01> <4E2D>\n", b""),
        (b"<4E2D>\n<02>", b""),
        (b"<02>", b"<01>"),
        (b"<20> <21> [", b"<21> <20> ["),
        (b"<10><12>", b"<10><0012>"),
        (b"3 beginbfchar", b"3 beginbfchr"),
        (b"endcmap", b""),
    ],
)
def test_a_map_of_which_something_is_lost_is_not_whole(right: bytes, wrong: bytes) -> None:
    assert not is_whole_map(WHOLE.replace(right, wrong))
