"""The folder `final/`: every result with persons' decisions applied, under the results' own names."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from models.submission import ResultError, Submission, json_to_submission, submission_to_json
from shenbao.desk.folder import (
    FINAL,
    NothingToReviewError,
    ReviewFolder,
    find_folder,
    has_log,
    open_log,
)
from shenbao.desk.overlay.overlay import apply_decisions
from shenbao.ingest.inbox.store import is_output
from shenbao.ingest.ledger.decisions import DecisionLog, DeskDecision, live_decisions
from shenbao.outputs import replaced, replacing


def refresh_finals(folder: ReviewFolder, log: DecisionLog) -> int:
    """Bring `final/` up to date with the results and the decisions; gives how many results have decisions.

    Without any decision there is no `final/`. A file that is no result has no final. Raises `OSError`, `LedgerError`.
    """
    by_content: dict[str, list[DeskDecision]] = {}
    for decision in log.all():
        by_content.setdefault(decision.sha256, []).append(decision)
    if not by_content and not folder.final.is_dir():
        return 0
    decided, places = 0, set()
    for place in folder.places():
        decisions = live_decisions(by_content.get(_content(folder.results / place), ()))
        if not decisions:
            copy_final(folder, place)
        else:
            try:
                reading = json_to_submission((folder.results / place).read_text("utf-8"))
            except (ResultError, UnicodeDecodeError):
                continue
            write_final(folder, place, apply_decisions(reading, decisions).submission)
            decided += 1
        places.add(place)
    _clear(folder, places)
    return decided


def current_finals(root: Path) -> Path | None:
    """The folder of finals of a season or a folder of `extract`, brought up to date; `None` where nobody decided anything.

    The decisions are those in the folder's own ledger, or in the database that `SHENBAO_LEDGER` names for all. Where neither
    is at hand, finals that are there are taken as they are. Raises `OSError`, `LedgerError`.
    """
    url = os.environ.get("SHENBAO_LEDGER") if is_output(root) else None
    if not url and not has_log(root):
        finals = root / FINAL
        return finals if finals.is_dir() else None
    with closing(open_log(root, url)) as ledger:
        try:
            folder = find_folder(root, ledger)
        except NothingToReviewError:
            return None
        decided = refresh_finals(folder, DecisionLog(ledger))
    return folder.final if decided or folder.final.is_dir() else None


def write_final(folder: ReviewFolder, place: str, submission: Submission) -> None:
    """Put the final of the result `place` in its place, whole. Raises `OSError`."""
    path = folder.final / place
    text = submission_to_json(submission)
    if path.is_file() and path.read_bytes() == text.encode():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(text)


def copy_final(folder: ReviewFolder, place: str) -> None:
    """The result itself is the final where nobody decided anything. Raises `OSError`."""
    result, path = folder.results / place, folder.final / place
    if path.is_file() and _stamp(path) == _stamp(result):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replaced(path) as part:
        shutil.copy2(result, part)


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _content(path: Path) -> str:
    """The hash of the file that a result was made from; empty where this is no result."""
    try:
        return str(json.loads(path.read_bytes())["source"]["sha256"])
    except (ValueError, KeyError, TypeError):
        return ""


def _clear(folder: ReviewFolder, places: Iterable[str]) -> None:
    """Take away finals of results that are there no more."""
    kept = {folder.final / place for place in places}
    for path in folder.final.rglob("*.json"):
        if path not in kept:
            path.unlink(missing_ok=True)
