"""A bureau's own goldens: confirmed submissions frozen with their files, and what a program, catalogue or layout makes of them.

A golden is a folder of a file, `expected.json` (the result as persons confirmed it) and `known.json` (the fields that the
program read otherwise when the golden was made: persons had corrected them). A field that is read otherwise and was not
then is a difference; one that is read right now is an improvement.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from models.submission import ResultError, Submission, json_to_submission, submission_to_json
from shenbao.batch import BatchOptions, FileInput, read_all
from shenbao.desk.desk import Desk
from shenbao.desk.overlay.doubts import is_doubt
from shenbao.desk.overlay.fields import Sheet
from shenbao.desk.pages.originals import Originals
from shenbao.desk.queue.index import DeskEntry
from shenbao.outputs import replacing
from shenbao.places import place_in_words
from shenbao.text_gate import printable, storable

_EXPECTED, _KNOWN = "expected.json", "known.json"


class GoldenError(Exception):
    """A golden that cannot be made or is not whole; the message says why."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that is not as it was confirmed; `is_flagged`: a finding points at it."""

    form: int
    path: str
    name: str
    expected: str | None
    actual: str | None
    is_flagged: bool

    def words(self) -> str:
        """The difference for a person."""
        flag = "（有提示）" if self.is_flagged else "（无提示）"
        return f"{self.name}：应为“{self.expected or '（空）'}”，读为“{self.actual or '（空）'}”{flag}"


@dataclass(frozen=True, slots=True)
class GoldenOutcome:
    """What became of a golden: new differences, known ones that are still there, how many of these are read right now, or
    why it was not read."""

    name: str
    differences: tuple[FieldDifference, ...] = ()
    known: tuple[FieldDifference, ...] = ()
    improved: int = 0
    failure: str = ""

    @property
    def is_as_confirmed(self) -> bool:
        """Whether nothing got worse."""
        return not self.failure and not self.differences


def add_golden(folder: Path, desk: Desk, entry: DeskEntry, originals: Originals) -> Path:
    """Freeze a submission in which nothing is doubted; gives the golden's folder. Raises `GoldenError`, `OSError`.

    A field that was drawn at random keeps nothing back; one that another person is still to look at does.
    """
    if entry.doubted:
        raise GoldenError(f"{entry.name}: {entry.doubted} fields are still open; review them first")
    opened = desk.opened(entry.sha256)
    original = originals.find(entry.sha256, entry.name)
    if original is None or original.member:
        raise GoldenError(f"{entry.name}: its file was not found as it was read; name its folder by --files")
    target = folder / f"{entry.sha256[:12]}-{Path(entry.name).stem[:60]}"
    if target.exists():
        raise GoldenError(f"{target} is there already: a golden is not changed; delete it to make it anew")
    known = [(one.form, one.path) for one in differences(opened.final.submission, opened.reading)]
    target.mkdir(parents=True)
    shutil.copyfile(original.path, target / f"file{Path(entry.name).suffix}")
    for name, text in (
        (_EXPECTED, submission_to_json(opened.final.submission)),
        (_KNOWN, json.dumps(known, ensure_ascii=False) + "\n"),
    ):
        with replacing(target / name) as file:
            file.write(text)
    return target


def goldens(folder: Path) -> list[Path]:
    """The goldens in a folder, by name."""
    return sorted(path.parent for path in folder.glob(f"*/{_EXPECTED}"))


def check_goldens(
    folder: Path, options: BatchOptions, advance: Callable[[], None] = lambda: None
) -> Iterator[GoldenOutcome]:
    """Read the file of every golden and hold it against what was confirmed. Raises `OSError`."""
    found = goldens(folder)
    inputs = []
    for golden in found:
        files = [path for path in sorted(golden.iterdir()) if path.name.startswith("file")]
        inputs.append(FileInput(golden.name, files[0] if files else golden / "file"))
    for golden, outcome in zip(found, read_all(inputs, options), strict=True):
        advance()
        if outcome.document is None:
            yield GoldenOutcome(golden.name, failure=printable(outcome.line))
        else:
            yield _held(golden, json_to_submission(outcome.document))


def _held(golden: Path, actual: Submission) -> GoldenOutcome:
    try:
        expected = json_to_submission((golden / _EXPECTED).read_text("utf-8"))
        known = {(int(form), str(path)) for form, path in json.loads((golden / _KNOWN).read_text("utf-8"))}
    except (ResultError, ValueError, TypeError) as error:
        return GoldenOutcome(golden.name, failure=f"the golden is not whole: {error}")
    found = differences(expected, actual)
    still = tuple(one for one in found if (one.form, one.path) in known)
    new = tuple(one for one in found if (one.form, one.path) not in known)
    return GoldenOutcome(golden.name, new, still, len(known) - len(still))


def differences(expected: Submission, actual: Submission) -> list[FieldDifference]:
    """The fields of which two results of one file say different things, in the order of the form."""
    found: list[FieldDifference] = []
    for number in range(max(len(expected.forms), len(actual.forms))):
        wanted, got = (_sheet(one, number) for one in (expected, actual))
        found += _form_differences(number, wanted, got)
    return found


def _sheet(submission: Submission, number: int) -> Sheet | None:
    return Sheet.of(submission.forms[number]) if number < len(submission.forms) else None


def _form_differences(number: int, wanted: Sheet | None, got: Sheet | None) -> Iterator[FieldDifference]:
    paths = dict.fromkeys([*(wanted.kinds if wanted else ()), *(got.kinds if got else ())])
    flags = [f.path or "" for f in got.form.findings if is_doubt(f)] if got else []
    tree = wanted.tree if wanted else got.tree if got else {}
    for path in paths:
        expected, actual = (sheet.text(path) if sheet else None for sheet in (wanted, got))
        if expected != actual:
            flagged = any(f"{path}/".startswith(f"{flag}/") or flag.startswith(f"{path}/") for flag in flags)
            name = place_in_words(tree, path)
            yield FieldDifference(number, path, name, expected, actual, flagged)


def outcomes_to_junit(outcomes: Sequence[GoldenOutcome]) -> str:
    """The outcomes as JUnit XML: a test case for each golden, its differences as the failure's text."""
    failed = [one for one in outcomes if one.differences]
    errors = [one for one in outcomes if one.failure]
    counts = {"tests": len(outcomes), "failures": len(failed), "errors": len(errors)}
    root = ElementTree.Element("testsuite", {"name": "shenbao golden"})
    for name, count in counts.items():
        root.set(name, str(count))
    for one in outcomes:
        case = ElementTree.SubElement(root, "testcase", classname="golden", name=storable(one.name))
        if one.failure:
            ElementTree.SubElement(case, "error", message=storable(one.failure))
        elif one.differences:
            node = ElementTree.SubElement(case, "failure", message=f"{len(one.differences)} fields differ")
            node.text = storable("\n".join(difference.words() for difference in one.differences))
    return ElementTree.tostring(root, "unicode", xml_declaration=False) + "\n"
