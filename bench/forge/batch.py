"""Many forms into a folder: `forms/NAME.<ext>` and `truth/NAME.truth.json`, printed in as few starts as possible."""

# ruff: noqa: PLC0415

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from bench.forge.complete import lost_characters
from bench.forge.damage import damage
from bench.forge.declarations import declare
from bench.forge.departments import Half, half_to_departments
from bench.forge.faults import FAULTS, LEVELS
from bench.forge.layouts import LAYOUTS, PaperLayout
from bench.forge.ofd import DIALECTS, sheet_to_ofd
from bench.forge.parsed import PARSERS, sheet_to_parsed
from bench.forge.parsed_tables import PARSED_FAULTS
from bench.forge.printing import print_html, print_word, save_old
from bench.forge.sheet import Sheet
from bench.forge.traits import Traits, random_traits
from bench.forge.typeset import typeset
from bench.forge.webpage import sheet_to_html, sheet_to_margins
from bench.forge.word import write_docx
from bench.forge.workbook import write_xlsx

Json = dict[str, Any]
Engine = Literal["chrome", "writer"]
FORMATS = (
    *("docx", "xlsx", "doc", "xls", "html", "chrome", "writer", "ofd", "text", "gb18030", "ocr", "scan"),
    *PARSERS,
)
QUALITY = 75
"""Of the JPEG pictures in a scan."""
ENDINGS = {
    **{"chrome": "pdf", "writer": "pdf", "scan": "pdf", "text": "md", "ocr": "md", "gb18030": "txt"},
    **dict.fromkeys(PARSERS, "json"),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What to forge: one form for every seed, in one layout and format."""

    seeds: Sequence[int]
    layout: str
    format: str
    half: Half | Literal["all"] = "all"
    traits: Traits | None = None  # None: drawn for every seed
    damage: str = ""  # of a scan or of OCR text
    dpi: int | None = None  # of a scan; None: as the damage is usual
    engine: Engine = "writer"


@dataclass(frozen=True, slots=True)
class Form:
    """One form to be written."""

    name: str
    seed: int
    truth: Json
    layout: PaperLayout

    @property
    def sheet(self) -> Sheet:
        """The form as printed."""
        return typeset(self.truth, self.layout, self.seed)


def order_to_forms(order: Order) -> Iterator[Form]:
    """The forms of an order; their names tell seed, layout, format and damage."""
    layout = LAYOUTS[order.layout]
    departments = half_to_departments(order.half)
    for seed in order.seeds:
        traits = random_traits(seed) if order.traits is None else order.traits
        truth = declare(seed, layout.form, traits, departments)
        damaged = order.damage if order.damage != order.format else ""
        name = "-".join(filter(None, (f"{seed:04}", order.layout, order.format, damaged)))
        yield Form(name, seed, truth, layout)


def damage_names(format_: str) -> tuple[str, ...]:
    """The damages there are for scans, the levels and faults of OCR text, or the faults of other parsers."""
    if format_ == "ocr":
        return (*LEVELS, *FAULTS)
    if format_ in PARSERS:
        return PARSED_FAULTS
    from bench.forge.scans import DAMAGES

    return tuple(DAMAGES)


def fill(order: Order, folder: Path) -> list[Path]:
    """Write every form of an order and its truth; gives the forms' paths.

    A print that lost characters shows another form than its truth: it is left out.
    """
    for part in ("forms", "truth"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    forms = list(order_to_forms(order))
    ending = ENDINGS.get(order.format, order.format)
    paths = [folder / "forms" / f"{form.name}.{ending}" for form in forms]
    if order.format in ("text", "gb18030", "ocr"):
        truths = [_write_text(order, form, path, folder) for form, path in zip(forms, paths, strict=True)]
    else:
        truths = [form.truth for form in forms]
        _WRITERS[order.format](order, forms, paths)
    for form, truth, path in zip(forms, truths, paths, strict=True):
        if path.exists():
            _write_json(truth, folder / "truth" / f"{form.name}.truth.json")
    return [path for path in paths if path.exists()]


def _write_json(data: Any, path: Path) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_text(order: Order, form: Form, path: Path, folder: Path) -> Json:
    """Write a form as OCR text with its faults beside it; gives the truth, as faults may lose cells for good."""
    level = order.damage if order.format == "ocr" else "none"
    made = damage(form.truth, form.seed, level, layout=form.layout)
    path.write_text(made.text, encoding="gb18030" if order.format == "gb18030" else "utf-8")
    if order.format == "ocr":
        (folder / "faults").mkdir(exist_ok=True)
        _write_json(made.faults, folder / "faults" / f"{form.name}.faults.json")
    return made.truth


def _write_docx(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    for form, path in zip(forms, paths, strict=True):
        write_docx(form.sheet, path)


def _write_xlsx(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    for form, path in zip(forms, paths, strict=True):
        write_xlsx(form.sheet, path)


def _write_html(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    for form, path in zip(forms, paths, strict=True):
        path.write_text(sheet_to_html(form.sheet), encoding="utf-8")


def _write_ofd(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    for form, path in zip(forms, paths, strict=True):
        try:
            sheet_to_ofd(form.sheet, path, list(DIALECTS)[form.seed % len(DIALECTS)])
        except ValueError as error:
            logging.getLogger(__name__).warning("%s: %s", path.name, error)


def _write_parsed(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    for form, path in zip(forms, paths, strict=True):
        text = sheet_to_parsed(form.sheet, order.format, order.damage or "none", form.seed)
        path.write_text(text, encoding="utf-8")


def _write_doc(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{path.stem}.docx" for path in paths]
        _write_docx(order, forms, files)
        save_old(files, "doc", paths[0].parent)


def _write_xls(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{path.stem}.xlsx" for path in paths]
        _write_xlsx(order, forms, files)
        save_old(files, "xls", paths[0].parent)


def _print_chrome(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages = [Path(folder) / f"{path.stem}.html" for path in paths]
        _write_html(order, forms, pages)
        print_html(pages, [sheet_to_margins(form.sheet) for form in forms], paths[0].parent)
    _leave_out_incomplete(forms, paths)


def _print_writer(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{path.stem}.docx" for path in paths]
        _write_docx(order, forms, files)
        print_word(files, paths[0].parent)
    _leave_out_incomplete(forms, paths)


def _leave_out_incomplete(forms: Sequence[Form], paths: Sequence[Path]) -> None:
    for form, path in zip(forms, paths, strict=True):
        lost = lost_characters(form.sheet, path)
        if lost:
            path.unlink()
            logging.getLogger(__name__).warning("%s: the printer lost %d characters", path.name, lost.total())


def _scan(order: Order, forms: Sequence[Form], paths: Sequence[Path]) -> None:
    from bench.forge.scans import DAMAGES, render, resample, save_pdf, scan

    own = DAMAGES[order.damage].dpi
    printed = _print_chrome if order.engine == "chrome" else _print_writer
    printed(order, forms, paths)
    for form, path in zip(forms, paths, strict=True):
        if not path.exists():
            continue
        pages = scan(render(path, own), order.damage, form.seed, own, form.truth["department"])
        dpi = order.dpi or own
        save_pdf([resample(page, own, dpi) for page in pages], path, dpi, QUALITY)


_WRITERS: Mapping[str, Callable[[Order, Sequence[Form], Sequence[Path]], None]] = {
    "docx": _write_docx,
    "xlsx": _write_xlsx,
    "html": _write_html,
    "doc": _write_doc,
    "xls": _write_xls,
    "ofd": _write_ofd,
    **dict.fromkeys(PARSERS, _write_parsed),
    "chrome": _print_chrome,
    "writer": _print_writer,
    "scan": _scan,
}
