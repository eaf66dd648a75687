"""The load workbook for the budget system: one row a thing to be loaded, each with what its checks say.

Rows are handed over as they are, also those that fail a check: nothing is left out, and every row says why not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from models.declaration import Declaration, DepartmentOverall
from models.finding import Finding
from models.submission import Form, Submission
from normalize.check.field_limits import numbered_text
from normalize.form.catalogue import Catalogue, load_catalogue
from shenbao.export.columns import TableRow
from shenbao.export.dictionary import DICTIONARY, dictionary_rows
from shenbao.export.load.checks import LOAD_PASSED, check_cells
from shenbao.export.load.indicators import TERMS, Made, indicators_to_cells
from shenbao.export.load.money import amounts_to_cells, projects_to_cells, unit_fault
from shenbao.export.load.sheets import LOAD_DECLARE, LOAD_INDICATORS, LOAD_TABLES
from shenbao.export.results import Chunk
from shenbao.export.rows import submission_key
from shenbao.export.titles import Titles
from shenbao.export.workbook import workbook
from shenbao.outputs import make_folder
from shenbao.places import place_in_words
from shenbao.text_gate import storable

_FILE = "load.xlsx"
_STATUS = {"accepted": "通过", "review": "需复核", "rejected": "未读取"}


@contextmanager
def load_workbook(folder: Path, titles: Titles) -> Iterator[Callable[[Chunk], None]]:
    """`folder/load.xlsx`: a summary, a sheet for each block of the budget system, the data dictionary."""
    make_folder(folder)
    tables = {**LOAD_TABLES, DICTIONARY.name: DICTIONARY}
    with workbook(folder / _FILE, tables, titles) as sheets:
        sheets[DICTIONARY.name].append(dictionary_rows(LOAD_TABLES))

        def write(chunk: Chunk) -> None:
            for submission in chunk.submissions:
                for table, row in submission_to_load(submission):
                    sheets[table].append([row])

        yield write


def submission_to_load(submission: Submission) -> Iterator[tuple[str, TableRow]]:
    """The rows of one result as (sheet, values in the order of its columns), with one in SUMMARY for every form."""
    name = storable(submission.source.name)
    source, status = (name, submission_key(submission)), _STATUS[submission.status]
    if not submission.forms:
        yield "SUMMARY", (*source, 0, status, 0, 0, 0, "没有读出申报表，未装载")
    for number, form in enumerate(submission.forms, 1):
        about_file = submission.findings if number == 1 else ()
        rows = list(_form_to_rows(form, _catalogue(submission, form), (*source, number), about_file))
        refused = sum(row[-3] != LOAD_PASSED for _, row in rows)
        doubted = sum(row[-1] is not None for _, row in rows)
        yield "SUMMARY", (*source, number, status, len(rows), refused, doubted, None)
        yield from rows


def _catalogue(submission: Submission, form: Form) -> Catalogue | None:
    """The catalogue of the form's layout, as far as this machine has it; results of version 1 did not name theirs."""
    name = form.catalogue
    if name is None and submission.made_by is None and form.form == "department-overall":
        return load_catalogue()
    try:
        return load_catalogue(name) if name else None
    except FileNotFoundError:
        return None


def _form_to_rows(
    form: Form, catalogue: Catalogue | None, key: TableRow, about_file: Iterable[Finding]
) -> Iterator[tuple[str, TableRow]]:
    data = form.data
    doubts = [f for f in form.findings if _doubtful(f)]
    made = list(_made(data, catalogue, key))
    paths = [path for _, (path, _, _) in made if path]
    for name, (path, cells, notes) in made:
        if path:
            own = [f for f in doubts if f.path and _under(f.path, path)]
        else:
            own = [f for f in doubts if not f.path or not any(_under(f.path, p) for p in paths)]
            own += [f for f in about_file if _doubtful(f)]
        faults = list(check_cells(LOAD_TABLES[name], cells, catalogue is not None))
        if name in ("AMOUNTS", "PROJECTS"):
            faults += unit_fault(data)
        if name == LOAD_DECLARE.name:
            faults += _goal_faults(data)
        outcome: dict[str, object] = {
            "CHECK": "；".join(faults) or LOAD_PASSED,
            "NOTE": "；".join(notes) or None,
            "DOUBT": _doubts_in_words(data, own),
        }
        values = (*key, *({**cells, **outcome}[column] for column in LOAD_TABLES[name].names[len(key) :]))
        yield name, tuple(storable(value) if isinstance(value, str) else value for value in values)


def _doubts_in_words(data: Declaration, findings: Iterable[Finding]) -> str | None:
    """What is doubted and where; what is said of several places is said once."""
    places: dict[str, list[str]] = {}
    for finding in findings:
        places.setdefault(finding.message, []).append(place_in_words(data, finding.path))
    said = [f"{'、'.join(filter(None, where))}：{message}".lstrip("：") for message, where in places.items()]
    return "；".join(said) or None


def _made(data: Declaration, catalogue: Catalogue | None, key: TableRow) -> Iterator[tuple[str, Made]]:
    yield LOAD_DECLARE.name, _declaration(data)
    for name, rows in (
        ("AMOUNTS", amounts_to_cells(data) if isinstance(data, DepartmentOverall) else ()),
        ("PROJECTS", projects_to_cells(data)),
        ("GOALS", _goals(data, key)),
        (LOAD_INDICATORS.name, indicators_to_cells(data, catalogue)),
    ):
        yield from ((name, made) for made in rows)


def _declaration(data: Declaration) -> Made:
    cells: dict[str, object] = {
        **dict.fromkeys(("MOF_DIV_CODE", "MOF_DIV_NAME", "FUNCTION", "ENDYEAR")),
        "DEPT_CODE": data.department_code,
        "FISCAL_YEAR": data.budget_year,
        "DEPT_NAME": data.department,
        "FILLED_ON": date.fromisoformat(data.filled_on) if data.filled_on else None,
        "PREPARER": data.preparer,
        "PHONE": data.phone,
    }
    if isinstance(data, DepartmentOverall):
        cells |= {"FUNCTION": numbered_text(data.functions), "ENDYEAR": data.long_term.until_year}
    return "", cells, []


def _goals(data: Declaration, key: TableRow) -> Iterator[Made]:
    """The summary of each term (line 0) and its goals."""
    _, submission, form_number = key
    for horizon, term in TERMS.items():
        part = getattr(data, horizon)
        summary = getattr(part, "summary", None)
        named = [(f"/{horizon}/summary", 0, f"{term}目标总述", summary)] if summary else []
        for line, text in enumerate(part.goals, 1):
            named.append((f"/{horizon}/goals/{line - 1}", line, f"{term}目标{line}", text))
        for path, line, name, text in named:
            identity = f"{submission}-{form_number}-{horizon[0].upper()}{line}"
            yield path, {"KPI_DEP_ID": identity, "TERM": term, "GOALNAME": name, "KPI_TARGET": text}, []


def _goal_faults(data: Declaration) -> list[str]:
    """A department has goals for both terms, a project at least for one."""
    parts = {term: getattr(data, horizon) for horizon, term in TERMS.items()}
    blank = [t for t, part in parts.items() if not part.goals and not getattr(part, "summary", None)]
    if not isinstance(data, DepartmentOverall) and len(blank) < len(parts):
        return []
    return [f"B10：{term}目标为空" for term in blank]


def _doubtful(finding: Finding) -> bool:
    return finding.category in ("reading", "arithmetic") and finding.severity != "info"


def _under(path: str, row: str) -> bool:
    return path == row or path.startswith(f"{row}/")
