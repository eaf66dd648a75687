"""Layers: what a viewer hides or a printer leaves out is not read."""

from __future__ import annotations

import pytest
from pdfminer.pdftypes import PDFObjRef
from pdfminer.psparser import LIT

from extract.pdf.drawing.layers import is_layer_off

OFF, ON = PDFObjRef(None, 7), PDFObjRef(None, 8)


@pytest.mark.parametrize(
    ("expression", "hidden"),
    [
        ([LIT("Not"), OFF], False),
        ([LIT("Not"), ON], True),
        ([LIT("And"), ON, OFF], True),
        ([LIT("Or"), ON, OFF], False),
        ([LIT("And"), ON, [LIT("Not"), OFF]], False),
    ],
)
def test_a_layer_may_depend_on_others(
    expression: list[object], hidden: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PDFObjRef, "resolve", lambda self, default=None: {})
    assert is_layer_off({"VE": expression}, frozenset({7})) is hidden


def test_an_expression_of_thousands_of_layers_within_each_other_ends() -> None:
    expression: list[object] = [LIT("Not"), [LIT("And")]]
    for _ in range(5_000):
        expression = [LIT("And"), expression]
    assert not is_layer_off({"VE": expression}, frozenset())
