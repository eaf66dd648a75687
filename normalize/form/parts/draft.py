"""A layout that a form read by its labels supposes, as a YAML file that a person corrects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import yaml

from normalize.form.labels import ANY, label_shape
from normalize.form.layouts import Layout, layouts
from normalize.form.parts.cell_lines import without_ordinal
from normalize.form.parts.found import UNKNOWN_COLUMN, FormParts, PrintedLabel
from normalize.form.parts.reader import rows_to_labels, rows_to_parts
from normalize.form.physical_rows import Row
from normalize.text.fold import is_chinese

_NEEDED = 3
"""Chosen: a draft needs this many of the form's rarest labels, so that it claims no neighbour."""
_LONGEST = 12
"""A text in a table that has no place and more characters than this is no label."""
_YEAR = re.compile(r"[（(]?\s*\d{4}\s*年度?\s*[)）]?")
_FIGURES = re.compile(r"\d+")
_OF_IT = re.compile(r"^.*其中\s*[:：]")
_COLON = re.compile(r"[:：].*", re.DOTALL)
_WANTED = {"department-overall": ("department",), "project": ("project", "department", "unit")}
"""Fields whose absence is a finding, unless the layout says that the form does not print them."""
_SAID_BY = {
    "money": frozenset({"total", "annual_total", "sources", "income", "expenditure", "amount"}),
    "goals": frozenset({"annual_goals", "long_goals", "summary", "goal"}),
}
"""What else every form says, and the names of the labels of which one says it."""

_Names = dict[str, dict[str, list[str]]]


def draft_layout(rows: Sequence[Row], layout: Layout, name: str) -> str:
    """The text of a layout called `name` for one form that `layout` reads by its labels.

    What was guessed, what is kept under its printed heading, and what no label was found for stand in comments.
    """
    order = {label.text: n for n, label in reversed(tuple(enumerate(layout.labels)))}
    # of several labels of a field the first is taken: the plainest one comes first
    found = rows_to_labels(rows, layout)
    labels = sorted(found, key=lambda one: order.get(one.label.text, 0) if one.label.group == "field" else 0)
    parts = rows_to_parts(rows, layout)
    first = next((row.filled[0].text for row in rows if row.line), layout.titles[0])
    title = parts.title.text if parts.title else first
    lines = [
        f"# Drafted from “{title}”: correct it, then `shenbao layouts check` and try it with --data.",
        *_comments(labels, parts),
        f"name: {name}",
        f"form: {layout.form}",
        f"about: {_scalar(title)}",
        f"titles: {_listed(_titles(title))}",
        f"needs: {_listed(_rarest(labels))}",
        f"never: {_listed(layout.never)}",
        f"not_titled: {_listed(layout.not_titled)}",
        *_block("fields", _flat(_named(labels, "field"))),
        *_block("sections", _sections(_named(labels, "section"))),
        *_block("tables", _tables(_named(labels, "heading"))),
        *_block("money", _money(_named(labels, "item"))),
        f"levels: {_listed(_levels(parts))}",
        f"words: {{basis: {_listed(layout.words.get('basis', ()))}}}",
        *_repeats(labels),
        *_absent(labels, layout),
    ]
    return "\n".join(lines) + "\n"


def _titles(title: str) -> Iterable[str]:
    """A title without its year, and for one that begins with it, with any other year's figures."""
    yield _YEAR.sub("", title) or title
    if title[:1].isdigit():
        yield _FIGURES.sub("#", title)


def _comments(labels: Sequence[PrintedLabel], parts: FormParts) -> Iterator[str]:
    guessed = dict.fromkeys(_text(label) for label in labels if label.guessed)
    kept = dict.fromkeys(_COLON.sub("", label.printed) for label in labels if _is_extra(label))
    rest = (s.text for s in parts.rest if len(s.text) <= _LONGEST and is_chinese(s.text[:1]))
    for what, texts in (
        ("Guessed from a part of the label; is it under the right name", guessed),
        ("Columns kept under their heading; is there a name for one", kept),
        ("Printed, but no label was known beside or above; is it a label", dict.fromkeys(rest)),
    ):
        if texts:
            yield f"# {what}? {'、'.join(texts)}"


def _is_extra(label: PrintedLabel) -> bool:
    return label.label.group == "heading" and label.label.part.startswith(UNKNOWN_COLUMN)


def _text(label: PrintedLabel) -> str:
    """The label as the layout names it: its known text, or what is printed where it was only guessed."""
    known = label.label.text
    whole = without_ordinal(label.printed) if label.label.group == "item" else label.printed
    printed = label_shape(_COLON.sub("", _OF_IT.sub("", whole)))
    return known if known and ANY not in known and not label.guessed else printed


def _named(labels: Iterable[PrintedLabel], group: str) -> _Names:
    """Name → part → texts of the labels of a group."""
    found: _Names = {}
    for label in (one for one in labels if one.label.group == group and not _is_extra(one)):
        texts = found.setdefault(label.label.name, {}).setdefault(label.label.part, [])
        if _text(label) and _text(label) not in texts:
            texts.append(_text(label))
    return found


def _flat(names: _Names) -> Iterator[tuple[str, str]]:
    for name, parts in names.items():
        yield name, _listed(text for texts in parts.values() for text in texts)


def _sections(names: _Names) -> Iterator[tuple[str, str]]:
    for name, parts in names.items():
        horizons = {part: texts for part, texts in parts.items() if part}
        yield name, _mapped(horizons) if horizons else _listed(parts[""])


def _tables(names: _Names) -> Iterator[tuple[str, str]]:
    for name, parts in names.items():
        yield name, _mapped(parts)


def _money(names: _Names) -> Iterator[tuple[str, str]]:
    for name, parts in names.items():
        texts = _listed(text for each in parts.values() for text in each)
        sided = name in ("income", "expenditure")
        yield name.replace("annual_total", "annual"), f"{{items: {texts}}}" if sided else texts


def _levels(parts: FormParts) -> Iterable[str]:
    rows = (row for table in parts.tables if table.name == "indicators" for row in table.rows)
    return dict.fromkeys(row.cells["level1"].text for row in rows if "level1" in row.cells)


def _rarest(labels: Iterable[PrintedLabel]) -> list[str]:
    """Labels of this form that the fewest known layouts have, and that fill their cells: a claim looks for these."""
    common = Counter(label.text for layout in layouts() for label in layout.labels)
    whole = (one for one in labels if _text(one) == label_shape(_COLON.sub("", one.printed)))
    texts = dict.fromkeys(_text(one) for one in whole if one.label.group != "title" and not _is_extra(one))
    return sorted(texts, key=lambda text: (common[text], text))[:_NEEDED]


def _repeats(labels: Iterable[PrintedLabel]) -> Iterator[str]:
    if {"project", "level3"} <= {one.label.part for one in labels if one.label.group == "heading"}:
        yield "repeats: rows"


def _absent(labels: Iterable[PrintedLabel], layout: Layout) -> Iterator[str]:
    printed = {one.label.name for one in labels} | {one.label.part for one in labels}
    absent = [name for name in _WANTED[layout.form] if name not in printed]
    absent += [name for name, any_of in _SAID_BY.items() if not printed & any_of]
    if absent:
        yield f"absent: {_listed(absent)}"


def _block(key: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    lines = [f"  {name}: {value}" for name, value in entries]
    yield from [f"{key}:", *lines] if lines else []


def _mapped(parts: Mapping[str, Iterable[str]]) -> str:
    return "{" + ", ".join(f"{part}: {_listed(texts)}" for part, texts in parts.items()) + "}"


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_scalar, texts))}]"


def _scalar(text: str) -> str:
    """The text as YAML, quoted where it must be."""
    return str(yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=10**6)).strip()[1:-1]
