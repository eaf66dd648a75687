"""`--data DIR`: a bureau's own layouts and catalogues, for this run and every process that it starts."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from shenbao.terminal import say
from shenbao.text_gate import one_line


def _use(context: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is None or context.resilient_parsing:
        return
    from normalize.channel.own_confusions import read_own_confusions
    from normalize.form.layouts import read_layouts
    from normalize.text.own_data import VARIABLE, data_folders

    # the environment reaches the processes that read files as well
    os.environ[VARIABLE] = str(folder.resolve())
    for fault in (*read_layouts(data_folders())[1], *read_own_confusions(data_folders())[1]):
        say(one_line(f"left out: {fault}"), to_stderr=True)


def data_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option `--data`; a file there that is wrong is named on standard error and left out."""
    return click.option(
        "--data",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        is_eager=True,
        expose_value=False,
        callback=_use,
        help="A folder with layouts/*.yaml, catalogues/*.csv and channel/confusions.csv of your own, beside ours (also SHENBAO_DATA).",
    )(command)
