"""A PDF page's content with what its clipping paths hide: pdfminer's interpreter passes them over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTPage
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.utils import PathSegment, apply_matrix_pt


class Clip(NamedTuple):
    """The box outside which nothing shows, in points from the page's bottom left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


EVERYTHING = Clip(float("-inf"), float("-inf"), float("inf"), float("inf"))


class ClippedPage(NamedTuple):
    """A page's layout, and the clip under which each of its drawn paths was painted (by `id` of the item)."""

    layout: LTPage
    clips: dict[int, Clip]


def page_to_clipped(page: PDFPage, number: int, resources: PDFResourceManager) -> ClippedPage:
    """The layout of a page without any analysis of its text. Raises whatever pdfminer does for broken content."""
    device = _Device(resources, pageno=number, laparams=None)
    _Interpreter(resources, device).process_page(page)
    return ClippedPage(device.get_result(), device.clips)


class _Device(PDFPageAggregator):
    """Keeps the clip that is in force, and remembers it for every path."""

    def __init__(self, resources: PDFResourceManager, pageno: int, laparams: None) -> None:
        super().__init__(resources, pageno=pageno, laparams=laparams)
        self.clip = EVERYTHING
        self.clips: dict[int, Clip] = {}

    def paint_path(
        self, gstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[PathSegment]
    ) -> None:
        known = len(self.cur_item)
        super().paint_path(gstate, stroke, fill, evenodd, path)
        if self.clip != EVERYTHING:
            self.clips.update((id(item), self.clip) for item in self.cur_item._objs[known:])


class _Interpreter(PDFPageInterpreter):
    """Follows `W`, `W*`, `q`, `Q` and forms. A clip that is no rectangle counts as the box around it."""

    device: _Device

    def init_state(self, ctm: tuple[float, float, float, float, float, float]) -> None:
        super().init_state(ctm)
        self._saved: list[Clip] = []

    def do_q(self) -> None:
        super().do_q()
        self._saved.append(self.device.clip)

    def do_Q(self) -> None:  # noqa: N802
        super().do_Q()
        if self._saved:
            self.device.clip = self._saved.pop()

    def do_W(self) -> None:  # noqa: N802
        points = [apply_matrix_pt(self.ctm, p[-2:]) for p in self.curpath if len(p) > 2]
        if points:
            xs, ys = zip(*points, strict=True)
            now = self.device.clip
            self.device.clip = Clip(
                max(now.x0, min(xs)), max(now.y0, min(ys)), min(now.x1, max(xs)), min(now.y1, max(ys))
            )

    do_W_a = do_W  # noqa: N815

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        outside = self.device.clip
        super().do_Do(xobjid_arg)
        self.device.clip = outside
