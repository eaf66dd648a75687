"""JSON that another document parser wrote: taken apart without trust in its shape, and told by it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from extract.files.refusals import UnreadableError

ParserName = Literal["mineru", "paddleocr", "docling", "azure"]
_MOST_VALUES = 10_000
"""Values one after the other in a file of JSON lines; a file has a line for each page."""


def text_to_values(text: str) -> list[Any]:
    """The JSON values in a text: one, or one a line as services hand them out.

    Raises `UnreadableError` for what is no JSON, and `RecursionError` for what is nested too deep.
    """
    decoder = json.JSONDecoder()
    values: list[Any] = []
    at = _past_blanks(text, 0)
    while at < len(text) and len(values) < _MOST_VALUES:
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise UnreadableError(f"JSON 在第 {error.lineno} 行处无法读取") from error
        except ValueError as error:  # a number of more digits than Python takes
            raise UnreadableError("JSON 中有过长的数字") from error
        values.append(value)
        at = _past_blanks(text, at)
    return values


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def values_to_parser(values: list[Any]) -> ParserName | None:
    """Which parser wrote these values; `None` where their shape is nobody's."""
    for one in _candidates(values):
        if "pdf_info" in one or "page_idx" in one or _is_mineru_block(one):
            return "mineru"
        if any(key in one for key in ("parsing_res_list", "table_res_list", "layoutParsingResults")):
            return "paddleocr"
        if one.get("schema_name") == "DoclingDocument" or (
            "body" in one and "texts" in one and "tables" in one
        ):
            return "docling"
        if "analyzeResult" in one or ("modelId" in one and "pages" in one and "content" in one):
            return "azure"
    return None


def _candidates(values: list[Any]) -> Iterator[Mapping[str, Any]]:
    """The first few objects in which a parser's own keys may stand."""
    for value in values[:1]:
        first = list_of(value)[:3] if isinstance(value, list) else [value]
        for one in first:
            inner = list_of(one)[:3] if isinstance(one, list) else [one]
            for found in inner:
                if isinstance(found, dict):
                    yield found
                    yield from (
                        found[key]
                        for key in ("res", "result", "document")
                        if isinstance(found.get(key), dict)
                    )


def _is_mineru_block(one: Mapping[str, Any]) -> bool:
    """A block of MinerU's `content_list_v2.json`: a kind, and content whose keys begin with it."""
    content = one.get("content")
    return isinstance(one.get("type"), str) and isinstance(content, dict)


def list_of(value: object) -> list[Any]:
    """A list, or none where there should be one."""
    return value if isinstance(value, list) else []


def mapped(value: object) -> Mapping[str, Any]:
    """An object, or an empty one where there should be one."""
    return value if isinstance(value, dict) else {}


def text_of(value: object) -> str:
    """A text, or an empty one where there should be one."""
    return value if isinstance(value, str) else ""


def whole_number(value: object, usual: int) -> int:
    """A whole number, or the usual one; a truth value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else usual


def number_of(value: object) -> float | None:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) < float("inf") else None
