"""Changed texts through our own parsers, in this process: `python -m bench.fuzz parsers --runs 20000 --seed 1`.

A parser may refuse its input with the error that it declares. Anything else that it raises is a fault, and so is
taking longer than `_LIMIT_S` of processor time.
"""

from __future__ import annotations

import random
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bench.fuzz.mutation import changed
from extract.files.encoding import bytes_to_text
from extract.files.limits import Limits
from extract.files.refusals import TooLargeError, UnreadableError
from extract.office.excel.spreadsheet_xml import read_spreadsheet_xml
from extract.page.text_gate import through_gate
from extract.transcripts.delimited import text_to_grid
from extract.transcripts.html_tables import html_to_grids
from extract.transcripts.markup import text_to_document, text_to_pieces
from extract.transcripts.mhtml import read_mhtml
from models.document import Document
from models.submission import ResultError, Source, json_to_submission, submission_to_json
from normalize.form.layout_text import LayoutFileError
from normalize.form.physical_rows import pieces_to_rows
from normalize.form.store import read_layout_file
from normalize.text.cell_values import (
    text_to_amount,
    text_to_date,
    text_to_share,
    text_to_value,
    text_to_years,
)
from normalize.text.fold import fold, skeleton
from shenbao.export.rows import submission_to_rows
from shenbao.export.values import UnfitError
from shenbao.ingest.report.expected import ListError, list_to_departments
from shenbao.ingest.workers.shelf import bytes_to_document
from shenbao.pipeline import document_to_submission
from shenbao.text_gate import one_line, storable
from shenbao.unpacking.members import archive_to_members

_LIMIT_S = 5.0
"""Seconds of processor time for one small text, chosen: the slowest of the corpus takes a tenth of one."""
_LONGEST_BYTES = 20_000
"""Of a text that grew by changes, no more is read: size has its own limits and its own tests."""
_AGAIN_SHARE = 0.3
"""As often the last input that was made is changed once more, so that changes pile up, chosen."""


class SlowError(Exception):
    """A parser that takes too long over a small text."""


@dataclass(frozen=True, slots=True)
class Target:
    """A parser: what it is given begins as one of the corpus's files that end so, and it may raise `refusals`."""

    parse: Callable[[bytes], object]
    endings: tuple[str, ...]
    refusals: tuple[type[Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class ParserFault:
    """An input that a parser fell over: which one of its seed, its bytes, and what was raised."""

    number: int
    data: bytes
    said: str


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


@contextmanager
def _as_file(data: bytes, ending: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="shenbao-fuzz-") as folder:
        path = Path(folder, f"a{ending}")
        path.write_bytes(data)
        yield path


def _markup(data: bytes) -> object:
    text, _ = bytes_to_text(data)
    return [*text_to_pieces(text)] if text is not None else None


def _html(data: bytes) -> object:
    return [*html_to_grids(f"<table>{_text(data)}", 1)]


def _values(data: bytes) -> object:
    """Every line as a value, an amount, a share, a date, years, and as it is compared and shown."""
    for line in _text(data).splitlines():
        for parse in (text_to_value, text_to_amount, text_to_share, text_to_date, text_to_years):
            parse(line)
        for show in (fold, skeleton, one_line, storable):
            show(line)
    return None


def _rows(data: bytes) -> object:
    """From the text to a result's bytes, and back: the decoder, the checks and the contract."""
    document = through_gate(text_to_document(_text(data), "text/markdown", ()))
    source = Source(name="a.md", sha256="0" * 64, media_type="text/markdown", bytes=len(data))
    text = submission_to_json(document_to_submission(document, source))
    submission = json_to_submission(text, strict=True)
    if submission_to_json(submission) != text:
        raise AssertionError("a result is not the same when it is read back")
    return [*submission_to_rows(submission)]


def _result(data: bytes) -> object:
    submission = json_to_submission(_text(data))
    return submission_to_json(submission), [*submission_to_rows(submission)]


def _layout(data: bytes) -> object:
    with _as_file(data, ".yaml") as path:
        return read_layout_file(path)


def _departments(data: bytes) -> object:
    with _as_file(data, ".csv") as path:
        return list_to_departments(path)


def _archive(data: bytes) -> object:
    with _as_file(data, ".zip") as path:
        return archive_to_members(path, Limits())


def _mhtml(data: bytes) -> object:
    with _as_file(data, ".mht") as path:
        return read_mhtml(path)


def _spreadsheet_xml(data: bytes) -> object:
    with _as_file(data, ".xml") as path:
        return read_spreadsheet_xml(path)


def _shelved(data: bytes) -> Document | None:
    return bytes_to_document(data, "a" * 64)


_REFUSED = (UnreadableError, TooLargeError)
TARGETS: Mapping[str, Target] = {
    "values": Target(_values, (".md", ".values")),
    "markup": Target(_markup, (".md", ".html", ".txt"), _REFUSED),
    "html": Target(_html, (".html",), _REFUSED),
    "delimited": Target(lambda data: text_to_grid(_text(data)), (".txt", ".md"), _REFUSED),
    "physical-rows": Target(
        lambda data: pieces_to_rows(text_to_pieces(_text(data))), (".md", ".html"), _REFUSED
    ),
    "rows": Target(_rows, (".md",), (*_REFUSED, UnfitError)),
    "result": Target(_result, (".json",), (ResultError, UnfitError)),
    "layout": Target(_layout, (".yaml",), (LayoutFileError,)),
    "departments": Target(_departments, (".csv",), (ListError,)),
    "archive": Target(_archive, (".zip",)),
    "mhtml": Target(_mhtml, (".mht",)),
    "spreadsheet-xml": Target(_spreadsheet_xml, (".xml",)),
    "shelf": Target(_shelved, (".shelf",)),
}
"""The parsers that are ours, by the names that the command line takes."""


def fuzz_parser(target: Target, corpus: Path, runs: int, seed: int) -> list[ParserFault]:
    """Give so many changed inputs to a parser; what it fell over, the same for the same seed."""
    rng = random.Random(seed)
    seeds = [path.read_bytes() for path in sorted(corpus.iterdir()) if path.suffix in target.endings]
    faults: list[ParserFault] = []
    made = b""
    for number in range(runs):
        made = changed(made if made and rng.random() < _AGAIN_SHARE else rng.choice(seeds), rng)
        made = made[:_LONGEST_BYTES]
        said = input_to_fault(target, made)
        if said:
            faults.append(ParserFault(number, made, said))
    return faults


def input_to_fault(target: Target, data: bytes) -> str:
    """What the parser raised that it may not, with where; empty when it kept to what it declares."""
    before = signal.signal(signal.SIGVTALRM, _too_slow)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT_S)
    try:
        target.parse(data)
    except target.refusals:
        return ""
    except Exception:
        return traceback.format_exc(limit=-4)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return ""


def _too_slow(_: int, frame: FrameType | None) -> None:
    where = f"{frame.f_code.co_filename}:{frame.f_lineno}" if frame else ""
    raise SlowError(f"more than {_LIMIT_S:g} s of processor time, at {where}")
