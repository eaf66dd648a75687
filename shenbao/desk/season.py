"""What a season and its desk know of each other: open fields, finals, and what the reconciliation says of decisions."""

from __future__ import annotations

from dataclasses import replace

from models.submission import Submission, json_to_submission
from shenbao.desk.desk import Desk
from shenbao.desk.finals.finals import refresh_finals
from shenbao.desk.folder import NothingToReviewError, find_folder
from shenbao.desk.queue.rules import DeskRules, ledger_to_rules
from shenbao.ingest.ledger.books import FormRow, Work
from shenbao.ingest.ledger.decisions import DecisionLog
from shenbao.ingest.ledger.ledger import Ledger
from shenbao.ingest.place import Output
from shenbao.ingest.report.write import DecidedBooks
from shenbao.ingest.workers.work import STATUS_STATES, submission_to_form_rows


def decided_books(output: Output, ledger: Ledger) -> DecidedBooks | None:
    """The books as persons left them, `final/` brought up to date; `None` where nobody decided anything.

    Results in an object store have no finals beside them. Raises `OSError`, `LedgerError`.
    """
    log = DecisionLog(ledger)
    if not log.last():
        return None
    try:
        folder = find_folder(output.root, ledger)
    except NothingToReviewError:
        return None
    refresh_finals(folder, log)
    decided = {decision.sha256 for decision in log.all()}
    works: dict[str, Work] = {}
    forms: list[FormRow] = []
    for sha256, work in ledger.works().items():
        place = str(output.result(work.name))[len(str(output.results)) + 1 :] if work.name else ""
        path = folder.final / place
        if sha256 not in decided or not place or not path.is_file():
            continue
        final: Submission = json_to_submission(path.read_text("utf-8"))
        state, code = STATUS_STATES[final.status]
        works[sha256] = replace(work, state=state, code=code)
        forms += submission_to_form_rows(final)
    return DecidedBooks(folder.final, works, forms)


def note_open_fields(output: Output, ledger: Ledger) -> None:
    """Note what is open in results that are new, so that a desk opens without looking at them. Raises `OSError`, `LedgerError`.

    Results in an object store have no desk.
    """
    try:
        folder = find_folder(output.root, ledger)
    except NothingToReviewError:
        return
    # the week's sample is drawn where a desk is opened
    Desk(folder, DecisionLog(ledger), DeskRules(ledger_to_rules(ledger).second)).load()
