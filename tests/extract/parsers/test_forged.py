"""One form as every parser's output, with the parsers' known faults: the same data, or a finding."""

from __future__ import annotations

import json

import pytest

from bench.forge.declarations import declare
from bench.forge.departments import half_to_departments
from bench.forge.layouts import LAYOUTS
from bench.forge.parsed import PARSERS, sheet_to_parsed
from bench.forge.traits import Traits
from bench.forge.typeset import typeset
from models.submission import Submission
from shenbao.pipeline import read_bytes
from shenbao.readers import Settings

LAYOUT = LAYOUTS["standard"]
TRUTH = declare(3, LAYOUT.form, Traits(), half_to_departments("dev"))
READERS = {"middle": "mineru"}


def read(parser: str, fault: str) -> Submission:
    text = sheet_to_parsed(typeset(TRUTH, LAYOUT, 3), parser, fault, 3)
    return read_bytes(text.encode(), "form.json", Settings())


@pytest.fixture(scope="module")
def data() -> str:
    return read("docling", "none").forms[0].data.model_dump_json()


@pytest.mark.parametrize("parser", PARSERS)
def test_every_parser_s_output_gives_the_same_data_and_names_its_reader(parser: str, data: str) -> None:
    found = read(parser, "none")
    assert found.status == "accepted"
    assert found.forms[0].data.model_dump_json() == data
    assert {seen.reader for seen in found.forms[0].evidence.values()} == {READERS.get(parser, parser)}


@pytest.mark.parametrize("fault", ["columns-dropped", "pages-unjoined"])
def test_what_a_parser_drops_or_leaves_apart_is_repaired(fault: str, data: str) -> None:
    assert read("paddleocr", fault).forms[0].data.model_dump_json() == data


@pytest.mark.parametrize(("parser", "fault"), [("mineru", "last-row-lost"), ("docling", "cells-overlap")])
def test_what_cannot_be_known_is_flagged(parser: str, fault: str) -> None:
    assert read(parser, fault).status == "review"


def test_the_truth_is_what_is_read(data: str) -> None:
    assert json.loads(data)["department"] == TRUTH["department"]
