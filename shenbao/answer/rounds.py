"""One round of submissions as it is answered and compared: of each department and project the form that counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from models.declaration import Declaration, ProjectDeclaration
from models.finding import Evidence, Finding
from models.submission import Form, ResultError, Status, Submission, json_to_submission
from normalize.check.form_rules import check_forms
from shenbao.export.mask import mask_submission
from shenbao.export.results import LeftOut, Report, folder_to_submissions
from shenbao.ingest.inbox.store import is_output
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output
from shenbao.ingest.report.expected import plain

FormKey = tuple[str, str]
"""A department's plain name, and a project's; the project is `""` for the department's own form."""

_FINAL = "final"
"""The folder of results that the bureau decided on, under the names of the results."""


class StoredElsewhereError(Exception):
    """A season whose results lie in an object store; the message says what to do."""


@dataclass(frozen=True, slots=True)
class HeldForm:
    """A form with the file that it came in; `received_ns` is when that was last changed, 0 where nobody noted it.

    `about_file` are the findings about the file itself.
    """

    file: str
    sha256: str
    number: int
    form: Form
    status: Status
    about_file: tuple[Finding, ...] = ()
    received_ns: int = 0

    @property
    def department(self) -> str:
        """As printed, `""` where it was not read."""
        return data_to_department(self.form.data)

    @property
    def project(self) -> str:
        """A project's name as printed, `""` for a department's own form or where it was not read."""
        data = self.form.data
        return (data.project or "") if isinstance(data, ProjectDeclaration) else ""

    @property
    def title(self) -> str:
        """What a clerk calls it: the department, and the project where it is a project's form."""
        name = self.department or f"（未读出部门名称：{self.file}）"
        is_project = isinstance(self.form.data, ProjectDeclaration)
        return f"{name} · {self.project or '（未读出项目名称）'}" if is_project else name

    @property
    def key(self) -> FormKey:
        """What tells which form of which department it is; a file stands for a department that was not read."""
        is_project = isinstance(self.form.data, ProjectDeclaration)
        project = plain(self.project) or f"?{self.number}" if is_project else ""
        return plain(self.department) or f"?{self.file}", project


@dataclass(frozen=True, slots=True)
class Doubled:
    """Several files with the same form: the one that counts, and the others."""

    title: str
    counts: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.title}：收到 {len(self.others) + 1} 份，以 {self.counts} 为准（另有 {'、'.join(self.others)}）"


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file in which no declaration was read, why, and when it was last changed (0 where nobody noted it)."""

    file: str
    reasons: tuple[str, ...]
    received_ns: int = 0

    @property
    def reason(self) -> str:
        """The first sentence of each reason: the result has the whole."""
        return "；".join(reason.partition("。")[0] for reason in self.reasons) or "原因未知"


@dataclass(frozen=True, slots=True)
class Round:
    """All submissions of one side. `forms` are those that count, in the order of departments and projects.

    `inbox` is the folder in which the files themselves are, where it is known and on this machine; `broken` are
    documents that should be results and were left out.
    """

    name: str
    forms: Mapping[FormKey, HeldForm]
    doubles: tuple[Doubled, ...] = ()
    unread: tuple[UnreadFile, ...] = ()
    inbox: Path | None = None
    broken: tuple[str, ...] = ()

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a person must know before the rest: which submission counts, what was not read, what was left out."""
        unread = (f"{one.file} 未读出申报表：{one.reason}" for one in self.unread)
        return (
            *map(str, self.doubles),
            *unread,
            *(f"{place} 不是完好的结果，未计入" for place in self.broken),
        )


@dataclass(frozen=True, slots=True)
class NamedSubmission:
    """A submission under the name of its file in the inbox."""

    file: str
    submission: Submission
    received_ns: int = 0


def data_to_department(data: Declaration) -> str:
    """The department that hands a form in; of a project's form without one, the unit that carries it out."""
    unit = data.unit if isinstance(data, ProjectDeclaration) else None
    return data.department or unit or ""


def submissions_to_round(name: str, submissions: Iterable[NamedSubmission]) -> Round:
    """The forms that count: of several with one key the one that was changed last, or else the last by its file's name."""
    held: dict[FormKey, list[HeldForm]] = {}
    unread = []
    for named in submissions:
        forms = named.submission.forms
        if not forms:
            reasons = tuple(dict.fromkeys(finding.message for finding in named.submission.findings))
            unread.append(UnreadFile(named.file, reasons, named.received_ns))
        for number, form in enumerate(forms, 1):
            one = HeldForm(
                *(named.file, named.submission.source.sha256, number, form, named.submission.status),
                *(named.submission.findings, named.received_ns),
            )
            held.setdefault(one.key, []).append(one)
    ordered = {key: sorted(held[key], key=_arrival) for key in sorted(held)}
    doubles = (
        Doubled(many[-1].title, _named(many[-1]), tuple(map(_named, many[:-1])))
        for many in ordered.values()
        if len(many) > 1
    )
    last = {key: many[-1] for key, many in ordered.items()}
    unread.sort(key=lambda one: one.file)
    return Round(name, _cross_checked(last), tuple(doubles), tuple(unread))


def _cross_checked(forms: dict[FormKey, HeldForm]) -> dict[FormKey, HeldForm]:
    """The forms with what is to be said where a department's own form and its projects', of other files, differ."""
    checked = dict(forms)
    for _, keys in groupby(forms, key=lambda key: key[0]):
        held = [forms[key] for key in keys]
        if len({one.file for one in held}) == 1:
            continue  # that was said when the file was read
        for number, findings in check_forms([one.form.data for one in held]).items():
            one = held[number]
            new = tuple(found for found in findings if found not in one.form.findings)
            form = one.form.model_copy(update={"findings": (*one.form.findings, *new)})
            checked[one.key] = replace(one, form=form)
    return checked


def _arrival(one: HeldForm) -> tuple[int, str, int]:
    return one.received_ns, one.file, one.number


def _named(one: HeldForm) -> str:
    return one.file if one.number == 1 else f"{one.file} 第 {one.number} 份"


@dataclass(frozen=True, slots=True)
class _Books:
    """What a folder knows of its results: where they lie, whose files they are, when those were changed, where those are."""

    results: Path
    names: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    inbox: Path | None = None


def folder_to_round(folder: Path, masked: bool, report: Report) -> Round:
    """The round in a folder of `extract` or of `ingest`; `report` is told of documents that are left out.

    A result that the bureau decided on (in `final/`) takes the place of the one that was read. With `masked` nobody
    is named. Raises `OSError`, `LedgerError`, `StoredElsewhereError`.
    """
    books = _folder_to_books(folder)
    if not books.results.is_dir():
        raise StoredElsewhereError(
            f"the results of {folder} are not in it: copy them (ingest --results says where) and name that folder"
        )
    broken: list[str] = []

    def tell(item: LeftOut) -> None:
        broken.extend([item.place] if item.kind == "broken" else [])
        report(item)

    named = _named_submissions(folder, books, tell)
    found = submissions_to_round(folder.name, mask_named(named) if masked else named)
    return replace(found, inbox=books.inbox, broken=tuple(broken))


def _folder_to_books(folder: Path) -> _Books:
    """Of a season what its ledger says; a ledger in a database need not be known to whoever reads results."""
    place = Output(folder)
    if not is_output(folder):
        return _Books(folder)
    if not place.ledger.is_file():
        return _Books(folder / "results")
    ledger = Ledger(place.ledger)
    try:
        notes = ledger.notes()
        inbox = Path(notes.get("inbox", ""))
        return _Books(
            Path(notes.get("results") or folder) / "results",
            {sha256: work.name for sha256, work in ledger.works().items() if work.name},
            {name: _stamp_to_ns(file.stamp) for name, file in ledger.files().items()},
            inbox if inbox.is_absolute() and inbox.is_dir() else None,
        )
    finally:
        ledger.close()


def _named_submissions(folder: Path, books: _Books, report: Report) -> Iterator[NamedSubmission]:
    """Every result under its file's name in the inbox, a decided one where there is one."""
    final = folder / _FINAL
    for text, read in folder_to_submissions(books.results, report):
        path = Path(text)
        if path.is_relative_to(final):
            continue
        place = path.relative_to(books.results)
        submission = _decided(final / place, report) or read
        own = read.source.name if books.results == folder else str(place).removesuffix(".json")
        name = books.names.get(submission.source.sha256, own)
        yield NamedSubmission(name, submission, books.times.get(name, 0))


def _decided(path: Path, report: Report) -> Submission | None:
    if not path.is_file():
        return None
    try:
        return json_to_submission(path.read_text("utf-8-sig"))
    except (ResultError, UnicodeDecodeError) as error:
        report(LeftOut("broken", str(path), str(error)))
        return None


def _stamp_to_ns(stamp: str) -> int:
    """The time in a file's stamp (size, time, inode); 0 where a stamp is an object's or an archive member's.

    >>> _stamp_to_ns("120:1764200000000000000:77"), _stamp_to_ns("120:etag")
    (1764200000000000000, 0)
    """
    parts = stamp.split(":")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else 0


def mask_named(read: Iterable[NamedSubmission]) -> Iterator[NamedSubmission]:
    """The submissions without the people that they name; where values stand is kept, what stood there is not."""
    for named in read:
        hidden = mask_submission(named.submission)
        forms = (
            form.model_copy(update={"evidence": _places_only(old.evidence)})
            for form, old in zip(hidden.forms, named.submission.forms, strict=True)
        )
        shown = hidden.model_copy(update={"forms": tuple(forms)})
        yield NamedSubmission(hidden.source.name, shown, named.received_ns)


def _places_only(evidence: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Where values stand, without what stands there."""
    return {path: seen.model_copy(update={"text": ""}) for path, seen in evidence.items()}
