"""What the styles of an HTML file hide or strike out, written onto the tags themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.transcripts.styles.selectors import Tag
from extract.transcripts.styles.sheet import Declarations, StyleRules, read_style_sheets, text_to_declared
from extract.transcripts.styles.sight import PAGE_WHITE, WebColour, ground_of, is_unseen_on, unshown

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b((?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+)>", re.I)
_ATTRIBUTE = re.compile(r"([-:\w]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
_STYLED = re.compile(r"<style\b|\bstyle\s*=|<font\b[^<>]*\bcolor\s*=", re.I)
_OWN_STYLE = re.compile(r"\bstyle\s*=\s*[\"']", re.I)
_RAW = re.compile(r"<!--|<(style|script|textarea)\b", re.I)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_TABLES = ("table", "tbody", "thead", "tfoot")
_CLOSED_BY = {"td": ("tr", *_TABLES), "th": ("tr", *_TABLES), "tr": _TABLES}
"""A cell ends where the next begins, whether or not it was closed."""
_ONE_BEHIND_OTHER = ("p", "li", "option")
"""So does a paragraph, which is seldom closed."""
_DEEPEST = 64
"""Tags open inside each other beyond this are no longer looked at."""
_BODIES = ("html", "body")


@dataclass(frozen=True, slots=True)
class StyledText:
    """A text with what is hidden or struck out said on the tags, and the lines on which something had the paper's colour."""

    text: str
    unseen_lines: tuple[int, ...] = ()


@dataclass(slots=True)
class _Open:
    """A tag that is open: where it begins in the text, what is behind it, and whether its text cannot be seen there."""

    tag: Tag
    begin: re.Match[str]
    ground: WebColour | None
    unseen: bool
    painted_within: bool = False
    held: int = 0
    """How many tags were opened directly in it."""


@dataclass(slots=True)
class _Page:
    """What is found while the tags are walked: the declarations to add, by where a tag begins."""

    rules: StyleRules
    added: dict[int, tuple[re.Match[str], str]] = field(default_factory=dict)
    unseen: list[tuple[int, int]] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    deeper: Counter[str] = field(default_factory=Counter)
    """How many tags of a name are open beyond the depth that is looked at."""


def with_written_styles(text: str) -> StyledText:
    """The text with `style="display:none"` and the like on each tag that its own style or a style sheet hides or strikes out.

    What only has the colour of the paper behind it is hidden, too, and told by its lines. Raises `TooLargeError` for style
    sheets beyond a limit.
    """
    if "<" not in text or _STYLED.search(text) is None:
        return StyledText(text)
    page = _Page(read_style_sheets(text))
    for mark in _tags(text):
        name = mark[2].lower()
        if mark[1]:
            _close(page, name, mark.end())
        else:
            _open(page, name, mark)
    kept, end = [], 0
    for begin in sorted(page.added):
        mark, said = page.added[begin]
        kept += [text[end:begin], _with_style(mark, said)]
        end = mark.end()
    return StyledText("".join([*kept, text[end:]]), tuple(dict.fromkeys(_lines(text, page.unseen))))


def _lines(text: str, places: list[tuple[int, int]]) -> Iterator[int]:
    """The lines on which those places begin that hold a word."""
    line, counted = 1, 0
    for begin, until in sorted(places):
        line += text.count("\n", counted, begin)
        counted = begin
        if _TAG.sub("", text[begin:until]).strip():
            yield line


def _tags(text: str) -> Iterator[re.Match[str]]:
    """The tags of a text without those in comments, scripts and the like."""
    raw, n = list(_raw_spans(text)), 0
    for mark in _TAG.finditer(text):
        while n < len(raw) and raw[n][1] <= mark.start():
            n += 1
        if n == len(raw) or mark.start() < raw[n][0]:
            yield mark


def _raw_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where comments and what is no markup begin and end; what is never closed is looked for once."""
    lower, end = text.lower(), 0
    unclosed: set[str] = set()
    for mark in _RAW.finditer(text) if len(lower) == len(text) else ():
        close = f"</{mark[1].lower()}" if mark[1] else "-->"
        if mark.start() < end or close in unclosed:
            continue
        found = lower.find(close, mark.end())
        if found < 0:
            unclosed.add(close)
        else:
            end = found + len(close)
            yield mark.start(), end


def _open(page: _Page, name: str, mark: re.Match[str]) -> None:
    if name in _CLOSED_BY:
        while page.opened and page.opened[-1].tag.name not in _CLOSED_BY[name]:
            if not any(one.tag.name in _CLOSED_BY[name] for one in page.opened[-_DEEPEST:]):
                break
            page.opened.pop()
    if name in _ONE_BEHIND_OTHER and page.opened and page.opened[-1].tag.name == name:
        _close(page, name, mark.start())
    attributes = {key.lower(): a or b or c for key, a, b, c in _ATTRIBUTE.findall(mark[3])}
    place = 0
    if page.opened:
        page.opened[-1].held += 1
        place = page.opened[-1].held
    tag = Tag(name, attributes, frozenset(attributes.get("class", "").split()), place)
    said = page.rules.declared(tag, [one.tag for one in page.opened[-_DEEPEST:]]) if page.rules.by_key else {}
    own = text_to_declared(attributes.get("style", ""))
    said |= {key: value.replace("!important", "").strip() for key, value in own.items()}
    # a page that shows itself only when its program has run hides its body until then
    hidden = unshown(said) if name not in _BODIES else ""
    if hidden:
        page.added[mark.start()] = mark, hidden
    if name in _VOID:
        return
    opened = _opened(page, tag, mark, said)
    if len(page.opened) < _DEEPEST:
        page.opened.append(opened)
    else:
        page.deeper[name] += 1


def _opened(page: _Page, tag: Tag, mark: re.Match[str], said: Declarations) -> _Open:
    around = page.opened[-1].ground if page.opened else PAGE_WHITE
    ground = ground_of(
        said, (tag.attributes.get("bgcolor") or tag.attributes.get("background", "")).lower(), around
    )
    colour = said.get("color") or (tag.attributes.get("color", "").lower() if tag.name == "font" else "")
    if colour or ground != around:
        for one in page.opened:
            one.painted_within = True
    return _Open(tag, mark, ground, bool(colour) and is_unseen_on(colour, ground))


def _close(page: _Page, name: str, end: int) -> None:
    """The last open tag of this name ends, and what was opened within it."""
    if page.deeper[name]:
        page.deeper[name] -= 1
        return
    for place in range(len(page.opened) - 1, -1, -1):
        one = page.opened[place]
        if one.tag.name != name:
            continue
        if one.unseen and not one.painted_within:
            page.added[one.begin.start()] = one.begin, "visibility:hidden"
            page.unseen.append((one.begin.end(), end))
        del page.opened[place:]
        page.deeper.clear()
        return


def _with_style(mark: re.Match[str], said: str) -> str:
    attributes = mark[3]
    own = _OWN_STYLE.search(attributes)
    if own is None:
        return f'<{mark[2]} style="{said}"{attributes}>'
    return f"<{mark[2]}{attributes[: own.end()]}{said};{attributes[own.end() :]}>"
