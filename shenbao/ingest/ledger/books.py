"""What the ledger holds: files, contents and forms, as rows and as tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sqlalchemy import BigInteger, Column, Float, Integer, MetaData, String, Table, Text, UniqueConstraint

WorkState = Literal["found", "reading", "done", "review", "rejected", "failed"]
READ_STATES: frozenset[WorkState] = frozenset({"done", "review", "rejected"})
"""States of a content that has a result."""

METADATA = MetaData()
NOTES = Table("notes", METADATA, Column("key", String(40), primary_key=True), Column("value", Text))
FILES = Table(
    "files",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), index=True),
    Column("reason", Text, nullable=False),
)
WORKS = Table(
    "works",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("name", Text),
    Column("recipe", String(64), nullable=False),
    Column("state", String(10), nullable=False, index=True),
    Column("code", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seconds", Float, nullable=False),
)
FORMS = Table(
    "forms",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("layout", Text, nullable=False),
    Column("department", Text),
    Column("budget_year", Integer),
    Column("money_unit", Text),
    Column("income", Text),
    Column("expenditure", Text),
)
RESULTS = Table(
    "results",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
)
DECISIONS = Table(
    "decisions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("field", String(64), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("form", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("answered", Text),
    Column("read", Text),
    Column("before", Text),
    Column("after", Text),
    Column("why", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("seconds", Float, nullable=False),
    Column("program", Text, nullable=False),
    UniqueConstraint("field", "version", name="one_decision_a_version"),
)
SAMPLES = Table(
    "samples",
    METADATA,
    Column("week", String(8), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("form", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stake", Float, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("program", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class ResultDigest:
    """The SHA-256 of the result that was written for a content: a result that says otherwise was changed since."""

    sha256: str
    digest: str


@dataclass(frozen=True, slots=True)
class File:
    """A name in the inbox. Without `sha256` it could not be read, for the `reason`."""

    name: str
    stamp: str
    size: int
    sha256: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """A content, and what became of it when it was read by `recipe`.

    `name` is the file whose result it is (`None`: no such file is in the inbox any more), `code` what it says
    to the exit code.
    """

    sha256: str
    name: str | None
    recipe: str
    state: WorkState
    code: int = 0
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form in a result, with the totals it declares."""

    sha256: str
    number: int
    layout: str
    department: str | None
    budget_year: int | None
    money_unit: str | None
    income: Decimal | None
    expenditure: Decimal | None
