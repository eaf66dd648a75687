"""What a bounded process does for `cells`, `layouts explain` and `draw`: a file as text, its pages as pictures."""

# ruff: noqa: PLC0415

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from models.document import Problem
from shenbao.exits import BAD_DATA, BUG, NO_INPUT, UNAVAILABLE
from shenbao.readers import Settings

AnswerT = TypeVar("AnswerT")
SHOW_PRELOAD = ("shenbao.pipeline", "shenbao.show.cells", "shenbao.show.jobs")
"""What both jobs take, loaded before the process is forked."""


@dataclass(frozen=True, slots=True)
class ShowTask:
    """A file to show: `form` is a format of `cells` or the name of a draft, `folder` where `draw` puts its pictures."""

    path: Path
    settings: Settings
    form: str = ""
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class JobAnswer:
    """What is shown as text, and what is wrong with the document."""

    text: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ShowFailure:
    """Why there is nothing to show: an exit code and a message."""

    code: int
    message: str


def show_cells(task: ShowTask) -> JobAnswer | ShowFailure:
    """The document's tables in the task's format."""
    from shenbao.pipeline import open_document
    from shenbao.show.cells import ENCODERS

    def show() -> JobAnswer:
        document = open_document(task.path, task.settings)
        return JobAnswer(ENCODERS[task.form](document), document.problems)

    return _explained(task, show)


def explain_layouts(task: ShowTask) -> JobAnswer | ShowFailure:
    """What each layout explains of the forms in the document, a line each."""
    from shenbao.pipeline import open_document
    from shenbao.show.claims import document_to_lines

    def explain() -> JobAnswer:
        document = open_document(task.path, task.settings)
        return JobAnswer("\n".join(document_to_lines(document)), document.problems)

    return _explained(task, explain)


def draft_layouts(task: ShowTask) -> JobAnswer | ShowFailure:
    """The layout that the first form read by its labels supposes, called by the task's name."""
    from shenbao.pipeline import open_document
    from shenbao.show.claims import document_to_draft

    def draft() -> JobAnswer | ShowFailure:
        document = open_document(task.path, task.settings)
        text = document_to_draft(document, task.form)
        if text is None:
            message = (
                f"{task.path}: no form in it is read by its labels; `shenbao layouts explain` says what it is"
            )
            return ShowFailure(BAD_DATA, message)
        return JobAnswer(text, document.problems)

    return _explained(task, draft)


def draw_pages(task: ShowTask) -> list[Path] | ShowFailure:
    """Draw every page into the task's folder; gives the pictures."""
    from shenbao.show.pages import NotDrawableError, draw_pdf

    def draw() -> list[Path] | ShowFailure:
        try:
            return list(draw_pdf(task.path, task.folder, task.settings))
        except NotDrawableError as error:
            return ShowFailure(BAD_DATA, f"{task.path}: {error}")

    return _explained(task, draw)


def _explained(task: ShowTask, job: Callable[[], AnswerT]) -> AnswerT | ShowFailure:
    from extract.ocr.engine import EngineError

    try:
        return job()
    except EngineError as error:
        return ShowFailure(UNAVAILABLE, str(error))
    except (MemoryError, RecursionError):  # the process says so, and is replaced
        raise
    except OSError as error:
        return ShowFailure(NO_INPUT, f"{error.filename or task.path}: {error.strerror or error}")
    except Exception:
        return ShowFailure(BUG, f"internal error, please report it\n{traceback.format_exc()}")
