"""What the style sheet of an HTML file hides or strikes out by class or identifier, written onto the tags themselves."""

from __future__ import annotations

import re
from collections import defaultdict

from extract.transcripts.plain import NOT_SHOWN

_SHEET = re.compile(r"<style\b[^<>]*+>(.*?)</style\s*>", re.I | re.S)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_MEDIA = re.compile(r"@[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
"""Rules for one medium only: nobody knows on which one the file is looked at."""
_RULE = re.compile(r"([^{}]++)\{([^{}]*+)\}")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?([.#])([-\w]+)", re.I)
_TELLING = re.compile(
    r"(display)\s*:\s*none|(visibility)\s*:\s*(?:hidden|collapse)|(text-decoration)[-a-z]*\s*:[^;]*line-through"
    r"|(mso-hide)\s*:\s*all|(font-size)\s*:\s*0(?![.\d])|(opacity)\s*:\s*0(?![.\d])"
    r"|(?<!-)(color)\s*:\s*(?:#fff(?:fff)?|white)\b",
    re.I,
)
_START_TAG = re.compile(r"<([a-z][a-z0-9]*)\b([^<>]*\b(?:class|id)\s*=[^<>]*)>", re.I)
_NAMES = re.compile(r"\b(class|id)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.I)
_BLOCK_TAG = re.compile(r"<(/?)(div|section|article|aside|form|table|ul|ol|p)\b([^<>]*)>", re.I)
_OWN_STYLE = re.compile(r"\bstyle\s*=\s*[\"']", re.I)

_Rules = dict[tuple[str, str], list[tuple[str, str, str]]]
"""By `.` or `#` and a name: the tag that must bear it (or none), the property and what is said of it."""


def with_sheet_styles(text: str) -> str:
    """The text with `style="display:none"` and the like on each tag whose class or identifier says so in a style sheet.

    Selectors that depend on what is around a tag are left alone: whether they apply cannot be told from the tag.
    """
    rules = _rules(text) if "{" in text and _SHEET.search(text) else {}
    if not rules:
        return text
    return _START_TAG.sub(lambda tag: _styled(tag, rules), text)


def _rules(text: str) -> _Rules:
    found: _Rules = defaultdict(list)
    for sheet in _SHEET.finditer(text):
        for selectors, said in _RULE.findall(_MEDIA.sub("", _COMMENT.sub("", sheet[1]))):
            telling = list(_TELLING.finditer(said))
            for selector in selectors.split(",") if telling else ():
                named = _SELECTOR.fullmatch(selector.strip())
                if named:
                    tag = (named[1] or "").lower()
                    found[named[2], named[3]] += [
                        (tag, next(filter(None, one.groups())).lower(), one[0]) for one in telling
                    ]
    return found


def _styled(tag: re.Match[str], rules: _Rules) -> str:
    name, attributes = tag[1].lower(), tag[2]
    said: dict[str, str] = {}
    for kind, *values in _NAMES.findall(attributes):
        mark = "." if kind.lower() == "class" else "#"
        for word in "".join(values).split():
            said |= {prop: rule for on, prop, rule in rules.get((mark, word), ()) if on in ("", name)}
    own = _OWN_STYLE.search(attributes)
    added = ";".join(rule for prop, rule in said.items() if own is None or prop not in attributes.lower())
    if not added:
        return tag[0]
    if own is None:
        return f'<{tag[1]} style="{added}"{attributes}>'
    return f"<{tag[1]}{attributes[: own.end()]}{added};{attributes[own.end() :]}>"


def without_hidden_blocks(text: str) -> str:
    """The text without blocks whose own style hides them, whatever they hold; as many line breaks stay as they had.

    A grid of a web page keeps a hidden copy of its fixed columns, a dialogue waits until somebody presses a button.
    """
    if NOT_SHOWN.search(text) is None:
        return text
    opened: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    hidden: list[tuple[int, int]] = []
    for tag in _BLOCK_TAG.finditer(text):
        name = tag[2].lower()
        if not tag[1]:
            opened[name].append((tag.start(), NOT_SHOWN.search(tag[3]) is not None))
        elif opened[name]:
            begin, unshown = opened[name].pop()
            hidden += [(begin, tag.end())] if unshown else []
    kept, start = [], 0
    for begin, end in sorted(hidden):
        if begin >= start:
            kept += [text[start:begin], "\n" * text.count("\n", begin, end)]
            start = end
    return "".join([*kept, text[start:]])
