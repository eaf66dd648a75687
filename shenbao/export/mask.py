"""Hide whom a declaration names: the preparer and the telephone, also where repairs and findings quote them."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from models.finding import Finding, Repair
from models.submission import Form, Submission

MASK = "***"
PERSONAL = ("/preparer", "/phone")
_PHONE = re.compile(r"(?<!\d)(?:1[3-9]\d[ -]?\d{4}[ -]?\d{4}|(?:0\d{2,3}[ -—]{0,2})[2-9]\d{6,7})(?!\d)")
_PERSON = re.compile("负责人|联系人|经办人|填报人|填表人|审核人|责任人|电话|手机|身份证|邮箱")
"""Labels and headings whose answer names a person or says how to reach one."""
_QUOTES = {Repair: ("before", "after", "because", "runner_up"), Finding: ("message", "expected", "actual")}

Quoting = TypeVar("Quoting", Repair, Finding)


def mask_submission(submission: Submission) -> Submission:
    """The result without the preparer's name and telephone; telephone numbers go from every other text too.

    A name is known where the form has it as 填报人, and what stands under a label such as 负责人 or 联系人 goes whole.
    Other people's names inside texts stay.
    """
    found = {
        text
        for form in submission.forms
        for text in (form.data.preparer, form.data.phone)
        if text and len(text) > 1
    }
    words = tuple(sorted(found, key=len, reverse=True))
    source = submission.source.model_copy(update={"name": _hide(submission.source.name, words)})
    return submission.model_copy(
        update={
            "source": source,
            "forms": tuple(_mask_form(form, words) for form in submission.forms),
            "findings": tuple(_mask_quotes(finding, words) for finding in submission.findings),
        }
    )


def _mask_form(form: Form, words: tuple[str, ...]) -> Form:
    personal = {name: MASK for name in ("preparer", "phone") if getattr(form.data, name) is not None}
    changed: dict[str, object] = {
        "data": type(form.data).model_validate({**_without_people(form.data.model_dump()), **personal}),
        "evidence": {},
        "repairs": tuple(_mask_quotes(repair, words) for repair in form.repairs),
        "findings": tuple(_mask_quotes(finding, words) for finding in form.findings),
    }
    return form.model_copy(update=changed)


def _without_people(node: Any) -> Any:
    """Plain data without telephone numbers, and without what stands under the label of a person."""
    if isinstance(node, str):
        return _PHONE.sub(MASK, node)
    if isinstance(node, tuple):
        return tuple(_without_people(item) for item in node)
    if not isinstance(node, dict):
        return node
    kept = {key: _without_people(value) for key, value in node.items()}
    if _PERSON.search(str(node.get("label"))):
        kept["text"] = MASK
    if isinstance(node.get("extra"), dict):
        kept["extra"] = {
            heading: MASK if _PERSON.search(heading) else text for heading, text in kept["extra"].items()
        }
    return kept


def _mask_quotes(noun: Quoting, words: tuple[str, ...]) -> Quoting:
    """On the personal fields themselves a quoted misreading may differ from the value, so all of it goes."""
    personal = noun.path in PERSONAL
    quotes = {name: getattr(noun, name) for name in _QUOTES[type(noun)]}
    hidden = {name: MASK if personal else _hide(text, words) for name, text in quotes.items() if text}
    return noun.model_copy(update=hidden)


def _hide(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, MASK)
    return _PHONE.sub(MASK, text)
