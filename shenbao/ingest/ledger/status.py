"""The ledger in a few lines for a person, or as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from filelock import FileLock, Timeout

from shenbao.ingest.ledger.books import Work
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.ledger.state import counts, file_state
from shenbao.ingest.place import Output, holder

_STATES = ("found", "reading", "done", "review", "rejected", "failed", "duplicate")


def ledger_to_summary(
    ledger: Ledger, growing: Sequence[str] = (), decided: Mapping[str, Work] = MappingProxyType({})
) -> str:
    """`300 files: 250 done, 40 review, 10 duplicate`, and how many are still being written.

    `decided` is what persons made of contents.
    """
    found = counts(ledger, decided)
    parts = [f"{found[state]} {state}" for state in _STATES if found[state]]
    parts += [f"{len(growing)} still being written"] if growing else []
    files = found.total()
    return f"{files} file{'' if files == 1 else 's'}: {', '.join(parts) or 'nothing to read'}"


def ledger_to_lines(output: Output, ledger: Ledger) -> list[str]:
    """The summary, who is at work, and every file without a result with the reason."""
    lines = [ledger_to_summary(ledger)]
    running = _running(output)
    lines += [f"running: {running}"] if running else []
    works = ledger.works()
    for file in sorted(ledger.files().values(), key=lambda file: file.name):
        state, reason = file_state(file, works)
        if state in ("failed", "rejected", "reading", "found"):
            lines.append(f"{state:<8}  {file.name}{': ' if reason else ''}{reason}")
    return lines


def ledger_to_json(output: Output, ledger: Ledger) -> str:
    """`{"running": …, "counts": …, "files": [{"name", "state", "reason", "sha256"}, …]}`."""
    works = ledger.works()
    files = []
    for file in sorted(ledger.files().values(), key=lambda file: file.name):
        state, reason = file_state(file, works)
        files.append({"name": file.name, "state": state, "reason": reason, "sha256": file.sha256})
    root = {"running": _running(output) or None, "counts": dict(counts(ledger)), "files": files}
    return json.dumps(root, ensure_ascii=False, indent=2)


def _running(output: Output) -> str:
    """The ingest that holds the folder; a note left by a killed one does not count."""
    lock = FileLock(output.state / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return holder(output) or "another process"
    except OSError:
        return ""  # on a read-only disk nothing runs
    lock.release()
    return ""
