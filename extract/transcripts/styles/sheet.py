"""The style sheets in an HTML file: which of their rules say that something is seen or not, by what they are about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.files.refusals import TooLargeError
from extract.transcripts.styles.selectors import Selector, Tag, text_to_selector

_SHEET = re.compile(r"<style\b[^<>]*+>(.*?)</style\s*>", re.I | re.S)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_MEDIA = re.compile(r"@[^{}]*+\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\}")
"""Rules for one medium only: nobody knows on which one the file is looked at."""
_RULE = re.compile(r"([^{}]++)\{([^{}]*+)\}")
_MOST_RULES = 20_000
"""The rules about what is seen that are looked at; the largest sheets of web frameworks have some thousands."""
_MOST_COMPARISONS = 500_000
"""How often a rule is held against a tag; a saved page with a form of a thousand tags needs some ten thousand."""
_SEEING = frozenset(
    ("display", "visibility", "opacity", "text-decoration", "text-decoration-line", "mso-hide", "font-size", "color",
     "background", "background-color", "background-image", "position", "left", "top", "text-indent", "clip", "clip-path", "width",
     "height", "max-height", "overflow")
)  # fmt: skip
"""The properties that decide whether a text is seen."""

Declarations = dict[str, str]
"""What is said of a tag: values by property, in small letters."""
_Weight = tuple[bool, tuple[int, int, int], int]


@dataclass(frozen=True, slots=True)
class _Rule:
    selector: Selector
    weight: _Weight
    name: str
    value: str


@dataclass(slots=True)
class StyleRules:
    """The rules of all style sheets of a file, by a word that every tag has which they are about.

    `compared` counts how often one was held against a tag: what a stranger writes must not take for ever.
    """

    by_key: Mapping[str, Sequence[_Rule]]
    compared: int = 0

    def declared(self, tag: Tag, around: Sequence[Tag]) -> Declarations:
        """What the sheets say of a tag: of two that speak the more particular one, then the later one.

        Raises `TooLargeError` beyond the limit: what nobody looked at may be hidden.
        """
        keys = ["*", tag.name, *(f".{name}" for name in tag.classes)]
        keys += [f"#{tag.attributes['id']}"] if "id" in tag.attributes else []
        said: dict[str, tuple[_Weight, str]] = {}
        for key in keys:
            rules = self.by_key.get(key, ())
            self.compared += len(rules)
            if self.compared > _MOST_COMPARISONS:
                raise TooLargeError(f"样式表与标签的对照超过 {_MOST_COMPARISONS} 次")
            for rule in rules:
                known = said.get(rule.name)
                if (known is None or rule.weight > known[0]) and rule.selector.means(tag, around):
                    said[rule.name] = rule.weight, rule.value
        return {name: value for name, (_, value) in said.items()}


def read_style_sheets(text: str) -> StyleRules:
    """The rules in the `<style>` elements of an HTML file that say whether something is seen.

    Raises `TooLargeError` for too many.
    """
    by_key: dict[str, list[_Rule]] = defaultdict(list)
    number = 0
    for sheet in _SHEET.finditer(text) if "{" in text else ():
        for selectors, said in _RULE.findall(_MEDIA.sub("", _COMMENT.sub("", sheet[1]))):
            declared = text_to_declared(said)
            for written in selectors.split(",") if declared else ():
                selector = text_to_selector(written)
                if selector is None:
                    continue
                for name, value in declared.items():
                    number += 1
                    weight = "!important" in value, selector.weight, number
                    plain = value.replace("!important", "").strip()
                    by_key[selector.key].append(_Rule(selector, weight, name, plain))
                if number > _MOST_RULES:
                    raise TooLargeError(f"样式表的规则超过 {_MOST_RULES} 条")
    return StyleRules(by_key)


def text_to_declared(text: str) -> Declarations:
    """The declarations of a rule or a `style` attribute that decide what is seen."""
    parts = (part.partition(":") for part in text.lower().split(";"))
    return {
        name.strip(): value.strip() for name, _, value in parts if name.strip() in _SEEING and value.strip()
    }
