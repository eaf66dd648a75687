"""The proposals as one page for a clerk: each with its pictures and its effect; no script, no other file."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from html import escape

from shenbao.desk.learning.effects import LessonEffect
from shenbao.desk.learning.lessons import Lesson, LessonPlace
from shenbao.desk.pages.page_maker import NoPageError, PageMaker
from shenbao.desk.pieces import cut
from shenbao.text_gate import storable

_MOST_PICTURES = 6
"""Pictures of one proposal, chosen: who looks at six of a habit has seen it."""
_STYLE = """
body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2em; color: #222; }
section { border-top: 1px solid #bbb; padding: .5em 0 1em; break-inside: avoid; }
h2 { font-size: 1.1em; margin: .2em 0; }
figure { display: inline-block; margin: .4em 1em .4em 0; vertical-align: top; max-width: 30em; }
figure img { max-width: 100%; max-height: 9em; border: 1px solid #bbb; }
figcaption { font-size: .85em; color: #555; overflow-wrap: anywhere; }
.harm { color: #c3242f; font-weight: bold; }
"""


def lessons_to_html(
    lessons: Sequence[Lesson], effects: Sequence[LessonEffect | None], maker: PageMaker | None
) -> str:
    """The page, in Chinese. `effects` are those of the lessons, `None` where there are no goldens to measure by."""
    parts = [_section(n, *one, maker) for n, one in enumerate(zip(lessons, effects, strict=True), 1)]
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>复核所学</title>'
        f"<style>{_STYLE}</style></head><body>\n<h1>复核所学：{len(lessons)} 条建议</h1>\n"
        "<p>采纳前请对照图像。采纳：<code>shenbao learn … --adopt 序号 --into 本单位数据夹</code></p>\n"
        f"{''.join(parts)}</body></html>\n"
    )


def _section(number: int, lesson: Lesson, effect: LessonEffect | None, maker: PageMaker | None) -> str:
    harm = ' class="harm"' if effect and effect.spoilt else ""
    told = effect.chinese() if effect else "未核对样例（--goldens）"
    more = len(lesson.places) - _MOST_PICTURES
    rest = f"<p>另有 {more} 处</p>" if more > 0 else ""
    figures = "".join(_figures(lesson.places[:_MOST_PICTURES], maker))
    return (
        f"<section><h2>{number}. {_text(lesson.chinese())}</h2><p>{len(lesson.places)} 处。"
        f"<span{harm}>{_text(told)}</span></p>{figures}{rest}</section>\n"
    )


def _figures(places: Sequence[LessonPlace], maker: PageMaker | None) -> Iterator[str]:
    for place in places:
        page = f"，第 {place.page} 页" if place.page else ""
        caption = f"{place.name}{page} {place.field}：读作“{place.seen or '（空）'}”，确认为“{place.true}”"
        yield f"<figure>{_picture(place, maker)}<figcaption>{_text(caption)}</figcaption></figure>"


def _picture(place: LessonPlace, maker: PageMaker | None) -> str:
    """The field cut from its page; nothing where its file has no pages or is not at hand."""
    if maker is None or place.page is None or place.box is None:
        return ""
    try:
        page = maker.page(place.sha256, place.name, place.page, place.is_print)
        picture = cut(page, place.box, place.turn)
    except (NoPageError, OSError):
        return ""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=80)
    data = base64.b64encode(stream.getvalue()).decode()
    return f'<img src="data:image/jpeg;base64,{data}" alt="{_text(place.field)}">'


def _text(text: str) -> str:
    return escape(storable(text))
