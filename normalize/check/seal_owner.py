"""The seals on a scan against the department that hands the form in. What they say never changes a value."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from models.document import Seal
from models.finding import Finding, Severity
from normalize.channel.observation import PictureText
from normalize.form.physical_rows import Row
from normalize.notes.notes import finding
from normalize.text.fold import is_chinese, skeleton

_LEGIBLE_CONFIDENCE = 0.8
"""A ring was read when its characters are at least this probable."""
_LEGIBLE_CHARACTERS = 4
"""A ring was read when it has at least this many Chinese characters."""
_SAME_NAME_PERCENT = 80.0
"""Part of the shorter name that the longer one must hold: 江阳县交通运输局 and 江阳县交通运输局办公室."""
_SHORT = (("中国共产党", "中共"), ("委员会", "委"))
"""A party committee's seal has its full name, its form the short one."""


def check_seals(rows: Sequence[Row], seals: Sequence[Seal], department: str | None) -> tuple[Finding, ...]:
    """What is to be said about the seals on the pages of a form; that there is none only for a scan."""
    scanned = any(row.reader == "picture" for row in rows)
    pages = {row.page for row in rows}
    stamped = [seal for seal in seals if seal.place.page in pages]
    if not stamped:
        if not scanned:
            return ()
        message = "扫描件上没有找到红色印章，请核对是否已盖章（黑白复印件上的印章不能识别）"
        return (_finding("seal-missing", message),)
    legible = [seal for seal in stamped if _is_legible(seal)]
    if not legible:
        return (_finding("seal-unread", "红色印迹的文字不能辨认，未与部门（单位）名称核对"),)
    if department is None or any(_may_name(seal, department) for seal in legible):
        return ()
    said = "、".join(dict.fromkeys(seal.text for seal in legible))
    message = f"印章为“{said}”，与部门（单位）名称“{department}”不符，请核对盖章单位"
    return (_finding("seal-unit-mismatch", message, "warning", department, said),)


def _is_legible(seal: Seal) -> bool:
    """Whether the ring's text was read well enough to hold a name against it."""
    return seal.confidence >= _LEGIBLE_CONFIDENCE and sum(map(is_chinese, seal.text)) >= _LEGIBLE_CHARACTERS


def _may_name(seal: Seal, department: str) -> bool:
    """Whether the seal may be the department's: not when its picture is clearly against the name."""
    unit, printed = _shortened(seal.text), _shortened(department)
    if len(unit) == len(printed):
        return unit == printed or not PictureText(seal.text, seal.posteriors).excludes(skeleton(department))
    return fuzz.partial_ratio(unit, printed) >= _SAME_NAME_PERCENT


def _shortened(name: str) -> str:
    name = skeleton(name)
    for full, short in _SHORT:
        name = name.replace(full, short)
    return name


def _finding(
    code: str,
    message: str,
    severity: Severity = "info",
    expected: str | None = None,
    actual: str | None = None,
) -> Finding:
    return finding(code, "audit", severity, None, message, expected, actual)
