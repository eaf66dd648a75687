"""A bureau's own layouts and catalogues stand beside ours; a wrong file is left out with a line that says what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.transcripts.markup import text_to_pieces
from normalize.form.catalogue import load_catalogue
from normalize.form.claiming.claims import claim_layout
from normalize.form.layout_text import LayoutFileError
from normalize.form.layouts import layouts, read_layouts
from normalize.form.physical_rows import pieces_to_rows
from normalize.form.store import read_layout_file, read_layout_files
from normalize.project_declaration import read_project_declaration
from normalize.text.own_data import VARIABLE, data_folders

GOOD = """\
name: our-form
form: project
titles: [专项经费绩效目标卡]
fields:
  project: [专项名称]
  unit: [承担单位]
tables:
  indicators: {level1: [一级], level2: [二级], level3: [内容], target: [年度数]}
"""
FORM = """\
专项经费绩效目标卡
专项名称\t湖区治理\t承担单位\t江阳县水利局
一级\t二级\t内容\t年度数
产出\t数量\t清淤\t≥3处
效益\t社会\t水质\t改善
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bureau's folder, which is asked for files until the test ends."""
    (tmp_path / "layouts").mkdir()
    (tmp_path / "catalogues").mkdir()
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def written(folder: Path, text: str, name: str = "our-form.yaml") -> Path:
    path = folder / "layouts" / name
    path.write_text(text, "utf-8")
    return path


def test_a_layout_of_a_bureau_claims_its_form(data: Path) -> None:
    written(data, GOOD)
    layout, _ = claim_layout(pieces_to_rows(text_to_pieces(FORM)))
    assert layout is not None and layout.name == "our-form"


def test_without_it_nobody_knows_the_form() -> None:
    layout, _ = claim_layout(pieces_to_rows(text_to_pieces(FORM)))
    assert layout is None


def test_a_layout_like_a_shipped_one_changes_only_what_it_says(data: Path) -> None:
    path = written(
        data, "name: next-year\nform: department-overall\nlike: hubei-2025\nfields: {phone: [手机]}\n"
    )
    layout = read_layout_file(path)
    assert layout.fields["phone"] == ["手机"]
    assert layout.fields["preparer"] == ["填报人", "填表人", "经办人"]
    assert layout.catalogue == "indicators-department-overall"


def test_a_catalogue_of_a_bureau_is_found_before_ours(data: Path) -> None:
    header = "code,level1,level2,level3,scope,value_kind,direction,unit,basis,category,standard_value,formula,aliases\n"
    (data / "catalogues" / "ours.csv").write_text(
        f"{header}A1,产出指标,数量指标,清淤,fixed,,,,,,,,\n", "utf-8"
    )
    assert [entry.level3 for entry in load_catalogue("ours").entries] == ["清淤"]
    assert read_layout_file(written(data, GOOD + "catalogue: ours\n")).catalogue == "ours"


def test_a_catalogue_that_is_none_leaves_its_layout_out(data: Path) -> None:
    (data / "catalogues" / "ours.csv").write_text("name,value\n清淤,3\n", "utf-8")
    written(data, GOOD + "catalogue: ours\n")
    known, faults = read_layouts(data_folders())
    assert "our-form" not in [layout.name for layout in known]
    assert ["catalogues/ours.csv" in str(fault) for fault in faults] == [True]


def test_two_layouts_with_one_name_are_told(data: Path) -> None:
    written(data, GOOD.replace("our-form", "hubei-2025"))
    found, faults = read_layout_files(data_folders())
    assert "hubei-2025" in found
    assert [(fault.line, "exists already" in fault.message) for fault in faults] == [(1, True)]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GOOD.replace("  project:", "\tproject:"), 5, "a tab; indent with spaces"),
        (GOOD.replace("form: project\n", ""), None, "“form” is missing"),
        (GOOD.replace("[专项名称]", "专项名称"), 5, "“fields.project” wants a list"),
        (GOOD + "colour: red\n", 9, "“colour” is no key of a layout"),
        (GOOD + "catalogue: nowhere\n", 9, "there is no catalogue “nowhere”"),
        (GOOD.replace("  project:", "  owner:"), 5, "“fields.owner” is not known; there are 'filled_on'"),
        (GOOD.replace("[专项名称]", "[]"), 5, "“fields.project” is an empty list"),
        (GOOD.replace("form: project", "form: budget"), 2, "“form” is not known"),
        (GOOD.replace("titles: [专项经费绩效目标卡]\n", ""), None, "titles: is missing"),
        (GOOD + "like: nobody\n", 9, "there is no layout “nobody” to be like"),
        (GOOD.replace("name: our-form", "name: 我们的表"), 1, "“name”: String should match pattern"),
        (GOOD + "fields: {project: [专项]}\n", 9, "“fields” stands twice; keep one"),
        (GOOD.replace("level3:", "levle3:"), 8, "“levle3” is nearly “level3”"),
        (GOOD.replace("target:", "tagret:"), 8, "“tagret” is nearly “target”"),
        (GOOD.replace("indicators:", "indicator:"), 8, "“tables.indicator” is not known"),
        (GOOD.replace("[内容]", "内容"), 8, "“tables.indicators.level3” wants a list"),
        ("- just\n- a list\n", 1, "a layout is a list of keys and values"),
    ],
)
def test_a_mistake_is_named_with_its_line(data: Path, text: str, line: int | None, message: str) -> None:
    with pytest.raises(LayoutFileError) as error:
        read_layout_file(written(data, text))
    assert error.value.fault.line == line
    assert message in error.value.fault.message


def test_a_column_of_a_bureau_s_own_is_kept_under_its_heading(data: Path) -> None:
    written(data, GOOD.replace("target: [年度数]", "target: [年度数], level4: [四级], office: [处室]"))
    form = FORM.replace("年度数", "年度数\t处室").replace("≥3处", "≥3处\t水利科")
    rows = pieces_to_rows(text_to_pieces(form))
    layout, _ = claim_layout(rows)
    assert layout is not None and layout.name == "our-form"
    indicators = read_project_declaration(rows, layout).data.annual.indicators
    assert indicators[0].extra == {"处室": "水利科"}


def test_another_encoding_is_named(data: Path) -> None:
    path = data / "layouts" / "our-form.yaml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(LayoutFileError, match=r"not UTF-8 .* save it as UTF-8"):
        read_layout_file(path)


def test_a_wrong_ending_is_named(data: Path) -> None:
    written(data, GOOD, "our-form.yml")
    _, faults = read_layout_files(data_folders())
    assert [fault.message for fault in faults] == ["rename it to our-form.yaml"]


def test_a_wrong_file_leaves_the_others_in_order(data: Path) -> None:
    written(data, GOOD)
    written(data, "name: broken\nform: project\n", "broken.yaml")
    assert "our-form" in [layout.name for layout in layouts()]
    assert "broken" not in [layout.name for layout in layouts()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: &a [x]\nlike: *a\n", ":2: too much for a layout: write it out"),
        (f"name: {'[' * 21}{']' * 21}\n", ":1: too much for a layout: more than 20 levels"),
        ("[" * 90_000 + "]" * 90_000, "too much for a layout: more than 20 levels"),
        ("#" * 200_001, "200001 bytes; a layout has at most 200000"),
        ("name: a\x00b\n", "not YAML: unacceptable character"),
        ("name: 2025-13-45\n", "not YAML: month must be in 1..12"),
        ("name: !!timestamp a\n", "not YAML"),
        ("name: a\nlike: [b]\n", "there is no layout"),
    ],
)
def test_a_file_that_unfolds_or_is_no_yaml_is_named_and_the_machine_lives(
    data: Path, text: str, said: str
) -> None:
    with pytest.raises(LayoutFileError) as raised:
        read_layout_file(written(data, text))
    assert said in str(raised.value)
