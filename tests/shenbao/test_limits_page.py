"""The page of limits says what the code keeps: every limit, its value and its reason."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from extract.files.limits import UNFOLDING, Limits
from extract.ofd.limits import OFD_LIMITS
from extract.pdf.drawing.limits import PDF_LIMITS
from shenbao.bounded.limits import RUN_LIMITS
from shenbao.limits_page import limits_to_markdown
from tests.places import ROOT


def test_the_page_is_current() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    assert page.endswith(limits_to_markdown().rstrip() + "\n")


def test_every_limit_is_on_it_with_a_reason() -> None:
    rows = [line for line in limits_to_markdown().splitlines() if line.startswith("| `")]
    limits: list[Any] = [RUN_LIMITS, Limits(), UNFOLDING, PDF_LIMITS, OFD_LIMITS]
    assert len(rows) == sum(len(fields(kept)) for kept in limits)
    assert all(len(row.split(" | ")[2]) > 20 for row in rows)
