"""The operators that every line of text and every rule needs, done at once where their operands are plain numbers.

pdfminer looks at every operand for itself, which took a third of the time of following a page; what is no plain number is
left to it.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFTextState
from pdfminer.utils import MATRIX_IDENTITY

_State = TypeVar("_State", PDFTextState, PDFGraphicState)
_FLOATS = frozenset((float,))


class PlainOperators(PDFPageInterpreter):
    """Does for plain numbers what pdfminer does for any operands."""

    def do_q(self) -> None:
        self.gstack.append((self.ctm, _copied(self.textstate), _copied(self.graphicstate)))

    def do_BT(self) -> None:  # noqa: N802
        state = self.textstate
        state.matrix, state.linematrix = MATRIX_IDENTITY, (0, 0)

    def do_Td(self, tx: Any, ty: Any) -> None:  # noqa: N802
        if type(tx) is not float or type(ty) is not float:
            super().do_Td(tx, ty)
            return
        state = self.textstate
        a, b, c, d, e, f = state.matrix
        state.matrix = (a, b, c, d, tx * a + ty * c + e, tx * b + ty * d + f)
        state.linematrix = (0, 0)

    def do_Tm(self, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any) -> None:  # noqa: N802
        matrix = (a, b, c, d, e, f)
        if not _FLOATS.issuperset(map(type, matrix)):
            super().do_Tm(*matrix)
            return
        self.textstate.matrix, self.textstate.linematrix = matrix, (0, 0)

    def do_re(self, x: Any, y: Any, w: Any, h: Any) -> None:
        if not type(x) is type(y) is type(w) is type(h) is float:
            super().do_re(x, y, w, h)
            return
        right, far = x + w, y + h
        self.curpath += (("m", x, y), ("l", right, y), ("l", right, far), ("l", x, far), ("h",))

    def do_rg(self, r: Any, g: Any, b: Any) -> None:
        rgb = (r, g, b)
        if not _FLOATS.issuperset(map(type, rgb)):
            super().do_rg(*rgb)
            return
        self.graphicstate.ncolor, self.graphicstate.ncs = rgb, self.csmap["DeviceRGB"]


def _copied(state: _State) -> _State:
    """A state as it is now; pdfminer's own copy is made twice."""
    copy = object.__new__(type(state))
    copy.__dict__ = state.__dict__.copy()
    return copy
