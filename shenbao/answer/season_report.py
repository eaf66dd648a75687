"""The whole report of a round: memos, review sheets, overview; a file each, in the order of departments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from shenbao.answer.clips import ClipTask, clip_places, points_to_places
from shenbao.answer.memo import AskedForm, Clips, forms_to_memo, held_to_asked
from shenbao.answer.memo_files import memo_to_docx, memo_to_html
from shenbao.answer.overview import overview_files
from shenbao.answer.review_sheet import sheets_to_docx
from shenbao.answer.rounds import FormKey, Round
from shenbao.answer.wording import MemoWords
from shenbao.bounded.limits import WorkLimits
from shenbao.bounded.pool import Pool, in_order
from shenbao.bounded.process import Death
from shenbao.text_gate import storable

_MEMOS, _SHEETS = "退回意见书", "审核表"
_LONGEST_NAME = 60
"""Characters of a department's name in a file's name: with three bytes each they fit into a name of 255 bytes."""
_UNFIT = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\ufffd]+')


def round_to_departments(found: Round) -> list[tuple[str, list[AskedForm]]]:
    """Every department with its forms, under the name that its files get; no two are alike."""
    asked = [held_to_asked(held) for held in found.forms.values()]
    names: dict[str, int] = {}
    departments = []
    for _, forms in groupby(asked, key=lambda one: one.held.key[0]):
        group = list(forms)
        name = department_to_file_name(group[0].held.department or group[0].held.file)
        names[name] = names.get(name, 0) + 1
        departments.append((name if names[name] == 1 else f"{name} ({names[name]})", group))
    return departments


def department_to_file_name(department: str) -> str:
    """A name that every file system takes.

    >>> department_to_file_name("A/B<局>..")
    'A_B_局_'
    """
    return _UNFIT.sub("_", storable(department))[:_LONGEST_NAME].rstrip(". ") or "_"


def report_files(
    found: Round,
    departments: Sequence[tuple[str, list[AskedForm]]],
    words: MemoWords,
    parts: Sequence[str],
    clips: Clips,
) -> Iterator[tuple[str, bytes]]:
    """The files of the report by their names below its folder, one after the other."""
    pages: dict[FormKey, str] = {}
    for name, forms in departments:
        if "memo" in parts:
            memo = forms_to_memo(forms, words, clips)
            yield f"{_MEMOS}/{name}.docx", memo_to_docx(memo)
            yield f"{_MEMOS}/{name}.html", memo_to_html(memo).encode()
            pages |= {one.held.key: f"{_MEMOS}/{name}.html" for one in forms}
        if "sheet" in parts:
            yield f"{_SHEETS}/{name}.docx", sheets_to_docx(forms, words)
    if "overview" in parts:
        asked = [one for _, forms in departments for one in forms]
        yield from overview_files(found, asked, words, pages).items()


def clip_round(
    departments: Sequence[tuple[str, list[AskedForm]]], folder: Path, processes: int, limits: WorkLimits
) -> dict[tuple[str, str], bytes]:
    """The pictures of all points whose file lies in `folder`, each file in a process of its own.

    A file that takes too much, or whose process ends, has no pictures: its memo names the places.
    """
    tasks: dict[Path, ClipTask] = {}
    for _, forms in departments:
        for one in forms:
            path = folder / one.held.file
            places = points_to_places(one.held.form, one.points)
            if places and path.is_file():
                tasks[path] = ClipTask(path, places)
    clips: dict[tuple[str, str], bytes] = {}
    with ExitStack() as stack:
        pool: Pool[ClipTask, dict[str, bytes]] = Pool(
            clip_places, processes, limits, ("shenbao.answer.clips",)
        )
        stack.enter_context(pool)
        for task, answer in in_order(pool, list(tasks.values())):
            if not isinstance(answer, Death):
                name = str(task.file.relative_to(folder))
                clips |= {(name, path): picture for path, picture in answer.items()}
    return clips
