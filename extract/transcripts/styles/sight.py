"""What is declared of a tag → whether a person sees its text: shown at all, on the page, in another colour than the paper."""

from __future__ import annotations

import re

from PIL import ImageColor

from extract.transcripts.styles.sheet import Declarations

WebColour = tuple[int, ...]
"""Red, green, blue, and how opaque where that is written."""
PAGE_WHITE: WebColour = (255, 255, 255)
_ALIKE_LEVELS = 24
"""Text is not seen when each of red, green and blue differs less than this from what lies behind it."""
_NO_PICTURE = ("none", "initial")
"""What says that no picture lies behind a text."""
_FAR_OFF = re.compile(r"-\s*\d{3,}(?:\.\d+)?\s*(?:px|em|rem|pt|%)?")
_NOTHING = re.compile(r"0+(?:\.0*)?\s*(?:px|em|rem|pt|%)?")
_SPECK = re.compile(r"[01](?:\.\d*)?\s*(?:px)?")
_CLIPPED = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|inset\(\s*(?:50|100)%.*\)")


def unshown(said: Declarations) -> str:
    """The declaration that hides a tag, to be written on it; "" for a tag that is shown."""
    if said.get("display") == "none" or said.get("mso-hide") == "all" or said.get("visibility") == "collapse":
        return "display:none"
    if said.get("visibility") == "hidden" or _is_off_stage(said):
        return "visibility:hidden"
    if any(_NOTHING.fullmatch(said.get(name, "1")) for name in ("opacity", "font-size")):
        return "visibility:hidden"
    struck = said.get("text-decoration", "") + said.get("text-decoration-line", "")
    return "text-decoration:line-through" if "line-through" in struck else ""


def _is_off_stage(said: Declarations) -> bool:
    """Whether a text stands beside the page, or in a box too small for it: how pages keep it for readers aloud."""
    placed = said.get("position") in ("absolute", "fixed")
    if placed and any(_FAR_OFF.fullmatch(said.get(name, "")) for name in ("left", "top")):
        return True
    if _FAR_OFF.fullmatch(said.get("text-indent", "")):
        return True
    if placed and (_CLIPPED.fullmatch(said.get("clip", "")) or _CLIPPED.fullmatch(said.get("clip-path", ""))):
        return True
    sizes = ("width", "height", "max-height")
    return said.get("overflow") == "hidden" and any(_SPECK.fullmatch(said.get(size, "")) for size in sizes)


def ground_of(said: Declarations, written: str, around: WebColour | None) -> WebColour | None:
    """The colour behind a tag: its own, also as `written` by an attribute, else that `around` it; `None` where nobody knows."""
    if said.get("background-image", "none") not in _NO_PICTURE:
        return None
    painted = said.get("background-color") or said.get("background") or written
    if painted in ("", "inherit", "transparent", *_NO_PICTURE):
        return around
    colour = text_to_colour(painted)
    return around if colour is not None and colour[3:] == (0,) else colour


def is_unseen_on(colour: str, ground: WebColour | None) -> bool:
    """Whether a text of this colour, as written, is not seen on the ground."""
    if colour == "transparent":
        return True
    seen = text_to_colour(colour)
    if seen is None:
        return False
    if seen[3:] == (0,):
        return True
    return ground is not None and all(
        abs(a - b) < _ALIKE_LEVELS for a, b in zip(seen, ground[:3], strict=False)
    )


def text_to_colour(written: str) -> WebColour | None:
    """A colour as HTML or a style sheet writes it; `None` for what is none, or more than one.

    >>> text_to_colour("#fff"), text_to_colour("rgb(1, 2, 3)"), text_to_colour("url(a.png)")
    ((255, 255, 255), (1, 2, 3), None)
    """
    try:
        return tuple(ImageColor.getrgb(written.strip()))
    except ValueError:
        return None
