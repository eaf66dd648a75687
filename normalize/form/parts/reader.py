"""What stands where on a form: answers beside their labels and tables under their headings; no values are made of them.

This reads any form whose layout names its labels, also one that is only known by the labels that such forms share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from normalize.form.claiming.evidence import row_to_title
from normalize.form.labels import Hit
from normalize.form.layouts import Layout
from normalize.form.parts.amount_lines import slot_to_amounts, slot_to_named_amount, without_past_years
from normalize.form.parts.cell_lines import line_to_fields, rest_behind
from normalize.form.parts.found import Answer, FormParts, FormTable, PartRow, PrintedLabel
from normalize.form.parts.headings import RUNNING_NUMBER, Heading, rows_to_heading
from normalize.form.parts.matrix import answers_in_matrix, matrix_answers
from normalize.form.parts.money_names import is_sum_word, with_money_names
from normalize.form.parts.told_columns import layout_to_levels
from normalize.form.physical_rows import Row, RowSlot
from normalize.text.cell_values import is_amount

_ANSWERED = ("field", "section", "item")
"""Groups of labels that have an answer."""
_OF_HEADINGS = ("heading", "section", "field", "item", "side", "title")
"""What a label is taken for where a heading may stand."""
_OF_MONEY = ("budget", "sources")
"""Sections whose text may be a sentence of amounts: 预算资金：总额986万元，其中：财政拨款936万元。"""
_SURELY = 3
"""A row with this many labels of headings is a heading, whatever stands beside them."""
_WITH_SUMS = frozenset({"budget", "projects", "sources", "tasks"})
"""Tables whose first column may name a sum of the form."""
_OF_NAMES = frozenset({"projects", "tasks"})
"""Of these, whose rows have names of their own, only a known item is a sum: 活动经费 may be what a task is about."""
_UNIT = re.compile(r"[（(]\s*(?:单位[:：])?\s*([百千万亿]*元)\s*[)）]")


def rows_to_parts(rows: Sequence[Row], layout: Layout) -> FormParts:
    """Take the rows of one form apart by the labels of its layout."""
    return _Taking(rows, layout).parts()


def first_heading(rows: Sequence[Row], layout: Layout) -> Heading | None:
    """The first heading of a table in the rows of a form."""
    taking = _Taking(rows, layout)
    found = (taking.heading(r) for r in range(len(rows)))
    return next((heading for heading in found if heading), None)


def rows_to_labels(rows: Sequence[Row], layout: Layout) -> tuple[PrintedLabel, ...]:
    """Every label of one form in its order, the headings of tables among them."""
    return tuple(_Taking(rows, layout).labels())


class _Taking:
    """The rows of a form on their way into parts; `taken` are the slots that have found their place."""

    def __init__(self, rows: Sequence[Row], layout: Layout) -> None:
        self.layout = layout
        self.rows = tuple(map(line_to_fields, rows))
        self.hits = [self._hits(row) for row in self.rows]
        says = [
            self._money_rather(row, self._answered(row, hits))
            for row, hits in zip(self.rows, self.hits, strict=True)
        ]
        self.says = list(with_money_names(self.rows, says, layout.form))
        self.heads = [self._headings(hits, says) for hits, says in zip(self.hits, self.says, strict=True)]
        self.under = [self._as(hits, "item", "field", "section") for hits in self.hits]
        self.taken: set[int] = set()

    def _hits(self, row: Row) -> tuple[Hit | None, ...]:
        like_title = row_to_title(row) is not None
        hits = (None if hit and hit.guessed and like_title else hit for hit in self.layout.hits(row))
        found = zip(row.slots, hits, strict=True)
        return tuple(
            hit if hit and not _is_other_word(slot, hit) else slot_to_named_amount(slot, self.layout)
            for slot, hit in found
        )

    def _as(self, hits: Sequence[Hit | None], *groups: str) -> tuple[Hit | None, ...]:
        """The hits as labels of the first of `groups` that they may be."""
        return tuple(
            hit and next(filter(None, (self.layout.as_group(hit, g) for g in groups)), None) for hit in hits
        )

    def _answered(self, row: Row, hits: Sequence[Hit | None]) -> tuple[Hit | None, ...]:
        """The hits as labels that have an answer; what is only a heading by its whole text may be an item behind 其中."""
        found = zip(row.slots, hits, self._as(hits, *_ANSWERED), strict=True)
        return tuple(
            said or (slot_to_named_amount(slot, self.layout) if hit else None) for slot, hit, said in found
        )

    def _money_rather(self, row: Row, hits: Sequence[Hit | None]) -> tuple[Hit | None, ...]:
        """The hits, a section's label as that of an amount where it may be one and an amount stands beside it."""
        found = list(hits)
        for n, hit in enumerate(hits[:-1]):
            if hit and hit.label.group == "section" and not hits[n + 1] and is_amount(row.slots[n + 1].text):
                found[n] = self.layout.as_group(hit, "item") or hit
        return tuple(found)

    def _headings(self, hits: Sequence[Hit | None], says: Sequence[Hit | None]) -> tuple[Hit | None, ...]:
        """The hits where a heading may stand: a label of two roles is a heading only beside one that has no other.

        Beside headings a text that begins with a label is a heading of its own (绩效指标值设定依据及数据来源).
        """
        if sum(hit is not None and not hit.rest and hit.label.group == "heading" for hit in hits) >= _SURELY:
            hits = tuple(None if hit and hit.rest else hit for hit in hits)
        heads = self._as(hits, *_OF_HEADINGS)
        only = any(
            head and head.label.group == "heading" and not say for head, say in zip(heads, says, strict=True)
        )
        return heads if only else tuple(say or head for say, head in zip(says, heads, strict=True))

    def heading(self, r: int) -> Heading | None:
        """The heading of a table that begins in row `r`, if one does."""
        return rows_to_heading(self.rows, self.heads, r, layout_to_levels(self.layout))

    def labels(self) -> Iterator[PrintedLabel]:
        r = 0
        while r < len(self.rows):
            heading = self.heading(r)
            body, end = (heading.body, heading.end) if heading else (r + 1, r + 1)
            if heading:
                yield from heading.labels()
                yield from self._labels(range(r, body), self.heads)
                yield from self._labels(range(body, end if heading.table in _WITH_SUMS else body), self.says)
            else:
                yield from self._labels(range(r, body), self.says)
            r = end

    def _labels(self, rows: range, hits: Sequence[Sequence[Hit | None]]) -> Iterator[PrintedLabel]:
        for r in rows:
            for slot, hit in zip(self.rows[r].slots, hits[r], strict=True):
                lines = () if self.rows[r].line else slot_to_amounts(slot, self.layout)
                yield from (PrintedLabel(answer.label, answer.printed, guessed=False) for answer in lines)
                if hit and not lines:
                    yield PrintedLabel(hit.label, slot.raw, hit.guessed)

    def parts(self) -> FormParts:
        answers: list[Answer] = []
        tables: list[FormTable] = []
        title, r, horizon = None, 0, ""
        last: tuple[str, tuple[str, ...], int] | None = None
        while r < len(self.rows):
            horizon = self._horizon(r) or horizon
            heading = self.heading(r)
            if heading:
                found = tuple(self._tables(heading, horizon))
                this = heading.table, tuple(table.horizon for table in found), len(answers)
                again = last == this
                tables += [replace(table, again=again) for table in found]
                last = this
                answers += self._answers_in_heading(heading)
                if self.layout.form != "project":
                    answers += answers_in_matrix(heading, self.rows, self.under)
                r = heading.end
                continue
            begun = tables or any(answer.label.group != "field" for answer in answers)
            title = title if title and begun else self._own_title(title, r)
            answers += self._answers(r)
            r += 1
        answers += [a for table in tables if "project" in table.columns for a in matrix_answers(table)]
        rest = (s for row in self.rows for s in row.filled if id(s) not in self.taken)
        return FormParts(title, self._best_first(answers), tuple(tables), self._unit(), tuple(rest))

    def _best_first(self, answers: Sequence[Answer]) -> tuple[Answer, ...]:
        """Of several answers to a field the one first whose label the layout names first."""
        texts = {label.text: n for n, label in reversed(tuple(enumerate(self.layout.labels)))}
        fields = [answer for answer in answers if answer.label.group == "field"]
        fields.sort(key=lambda answer: texts.get(answer.label.text, len(texts)))
        return (*fields, *(answer for answer in answers if answer.label.group != "field"))

    def _horizon(self, r: int) -> str:
        """What a section label in the row says of the indicators that follow."""
        labels = [hit.label for hit in self.hits[r] if hit]
        found = [x.part for x in labels if (x.group, x.name) == ("section", "indicators")]
        return found[-1] if found else ""

    def _own_title(self, before: RowSlot | None, r: int) -> RowSlot | None:
        """The title in a row above the form's sections, rather than one before it, which is a cover's."""
        found = self._title(r)
        known = any(hit and hit.label.group == "title" for hit in self.hits[r])
        return found if found and known else before or found

    def _title(self, r: int) -> RowSlot | None:
        like_one = row_to_title(self.rows[r]) is not None
        for slot, hit in zip(self.rows[r].slots, self.hits[r], strict=True):
            if (hit and hit.label.group == "title") or (like_one and slot.filled):
                self.taken.add(id(slot))
                return slot
        return None

    def _unit(self) -> str | None:
        labels = (
            slot.raw
            for row, hits, says in zip(self.rows, self.hits, self.says, strict=True)
            for slot, hit, said in zip(row.slots, hits, says, strict=True)
            if hit or said
        )
        return next((found[1] for text in labels if (found := _UNIT.search(text))), None)

    def _answers(self, r: int) -> Iterator[Answer]:
        row, hits = self.rows[r], self.says[r]
        for n, (slot, hit) in enumerate(zip(row.slots, hits, strict=True)):
            lines = slot_to_amounts(slot, self.layout) if not row.line else ()
            if hit and hit.label.name in _OF_MONEY:
                lines = lines or tuple(
                    a for s in rest_behind(slot, hit) for a in slot_to_amounts(s, self.layout)
                )
            if lines:
                self.taken.add(id(slot))
                yield from lines
            elif hit:
                self.taken.add(id(slot))
                yield Answer(hit.label, slot.raw, self._answer(r, n, hit))

    def _answer(self, r: int, n: int, hit: Hit) -> tuple[RowSlot, ...]:
        row, hits = self.rows[r], self.says[r]
        if hit.rest.strip():
            return rest_behind(row.slots[n], hit)
        beside: list[RowSlot] = []
        for slot, other in zip(row.slots[n + 1 :], hits[n + 1 :], strict=True):
            if other or slot_to_amounts(slot, self.layout):
                break
            if slot.filled:
                beside.append(slot)
        many = hit.label.group == "section" or hit.label.name == "period"
        found = tuple(beside) if many else tuple(beside[:1])
        if hit.label.group == "item":
            found = without_past_years(beside, self.rows, r)[:1]
        if hit.label.group == "item" and self.layout.by_labels:
            # a name of the whole may also be the label of all amounts beside it
            found = tuple(slot for slot in found if any(map(str.isdigit, slot.text)))
        if not found and all(h for s, h in zip(row.slots[n:], hits[n:], strict=True) if s.filled):
            found = self._under(r, row.slots[n])
            if not found and hit.label.group == "item":
                found = self._sum_under(r, row.slots[n])
        self.taken |= {id(slot) for slot in found}
        return found

    def _under(self, r: int, label: RowSlot) -> tuple[RowSlot, ...]:
        """What stands under a label in the next row, where nothing there is a label."""
        if r + 1 == len(self.rows) or self.rows[r].line or self.rows[r + 1].line:
            return ()
        if any(self.says[r + 1]) or self.rows[r + 1].table != self.rows[r].table:
            return ()
        return tuple(s for s in self.rows[r + 1].slots if s.filled and s.column == label.column)

    def _sum_under(self, r: int, label: RowSlot) -> tuple[RowSlot, ...]:
        """The amount under the name of one in the next row, where that row begins with the word for a sum."""
        if r + 1 == len(self.rows) or self.rows[r + 1].table != self.rows[r].table:
            return ()
        filled = self.rows[r + 1].filled
        if not filled or self.rows[r + 1].line or not is_sum_word(filled[0].text):
            return ()
        return tuple(s for s in filled if s.column == label.column and is_amount(s.text))

    def _answers_in_heading(self, heading: Heading) -> Iterator[Answer]:
        """Items of money that a table's rows name (金额合计): their amount stands in its column, that of a second one beside it."""
        for r in range(heading.body, heading.end if heading.table in _WITH_SUMS else heading.body):
            row = self.rows[r]
            sums_only = heading.table in _OF_NAMES
            hits = tuple(
                hit if hit and hit.label.group == "item" and (hit.label.text or not sums_only) else None
                for hit in self.says[r]
            )
            amount, first = heading.cells(row).get("amount"), True
            for n, (slot, hit) in enumerate(zip(row.slots, hits, strict=True)):
                beside = next((s for s in row.slots[n + 1 :] if s.filled), None)
                if hit and (first or (beside is not None and is_amount(beside.text))):
                    found = amount if first else beside
                    yield Answer(hit.label, slot.raw, (found,) if found and found.filled else ())
                    first = False

    def _tables(self, heading: Heading, horizon: str) -> Iterator[FormTable]:
        for r in range(heading.start, heading.body):
            self.taken |= {id(slot) for slot in self.rows[r].filled}
        for side in heading.sides:
            above: dict[str, RowSlot] = {}
            rows: list[PartRow] = []
            for r in range(heading.body, heading.end):
                cells = heading.cells(self.rows[r], side)
                self.taken |= {id(slot) for slot in cells.values()}
                cells.pop(RUNNING_NUMBER, None)
                heading.fill_down(cells, above)
                if any(slot.filled for slot in cells.values()):
                    sure = self.rows[r].ruled or len(self.rows[r].slots) == len(heading.leaves)
                    rows.append(PartRow({c: s for c, s in cells.items() if s.filled}, self.rows[r], sure))
            said = side or heading.horizon or (horizon if heading.table == "indicators" else "")
            told = tuple(leaf.name for leaf in heading.leaves if leaf.told)
            yield FormTable(heading.table, said, heading.side_columns(side), tuple(rows), told=told)


def _is_other_word(slot: RowSlot, hit: Hit) -> bool:
    """Whether an item or a heading only looks like a known one: the file's own characters are not misread (省级补助, 上级补助)."""
    return slot.exact and hit.misread and hit.label.group in ("item", "heading")
