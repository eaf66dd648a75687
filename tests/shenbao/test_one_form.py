"""One form as every kind of file gives the same data; goldens hold what each is read as."""

from __future__ import annotations

import json

from shenbao.golden import SAMPLE_KINDS, golden_path, samples
from tests.places import ROOT

FORMS = [sample for sample in samples(ROOT) if sample.name.startswith("minzheng-")]


def test_one_form_gives_the_same_data_as_every_kind_of_file() -> None:
    goldens = {sample.name: json.loads(golden_path(ROOT, sample).read_text("utf-8")) for sample in FORMS}
    data = {name: json.dumps(golden["forms"][0]["data"]) for name, golden in goldens.items()}
    assert len(data) == 13
    assert len(set(data.values())) == 1
    assert {golden["status"] for golden in goldens.values()} == {"accepted"}


def test_the_form_is_there_as_every_kind_that_is_no_picture() -> None:
    assert {sample.suffix for sample in FORMS} == SAMPLE_KINDS - {".png", ".jpg", ".tif"}


def test_every_value_names_who_read_it() -> None:
    readers = {
        sample.name: {
            seen["reader"]
            for seen in json.loads(golden_path(ROOT, sample).read_text("utf-8"))["forms"][0][
                "evidence"
            ].values()
        }
        for sample in FORMS
    }
    assert readers["minzheng-print.ofd"] == {"ofd"}
    assert readers["minzheng-docling.json"] == {"docling"}
    assert readers["minzheng-mineru.json"] == {"mineru"}
    assert readers["minzheng-paddleocr.json"] == {"paddleocr"}
    assert readers["minzheng-azure.json"] == {"azure"}
