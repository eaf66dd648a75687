"""`python -m bench.fuzz files` and `python -m bench.fuzz parsers`: the counts, and by the exit code whether anything grave was seen."""

from __future__ import annotations

from pathlib import Path

import click

from bench.fuzz.files import GRAVE, FilesRun, fuzz_files
from bench.fuzz.parsers import TARGETS, fuzz_parser
from shenbao.bounded.limits import WorkLimits
from shenbao.golden import SAMPLE_KINDS

ROOT = Path(__file__).resolve().parent.parent.parent
CORPUS = Path(__file__).resolve().parent / "corpus"
_KINDS = SAMPLE_KINDS | {".mht", ".xml", ".zip", ".jpg", ".png", ".bmp", ".webp"}


@click.group()
def main() -> None:
    """Change inputs at random places and read them; the same seed makes the same inputs."""


@main.command()
@click.argument("samples", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--kinds", help="Endings, as in .pdf,.png: only files of these.")
@click.option("--most", default=10**9, show_default="no limit", help="Files that are changed and read.")
@click.option("-j", "--jobs", default=2, show_default=True)
@click.option("--timeout", default=60.0, show_default=True, help="Seconds a file.")
@click.option("--memory", default=2048, show_default=True, help="Megabytes a process.")
@click.option("--keep", type=click.Path(path_type=Path), default=ROOT / ".bench" / "fuzz")
def files(
    samples: tuple[Path, ...],
    seconds: float,
    seed: int,
    kinds: str | None,
    most: int,
    jobs: int,
    timeout: float,
    memory: int,
    keep: Path,
) -> None:
    """Whole files through the bounded process: the corpus and the repository's samples, or SAMPLES."""
    folders = (CORPUS, ROOT / "samples")
    wanted = set(kinds.split(",")) if kinds else _KINDS
    found = samples or [
        path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in wanted
    ]
    limits = WorkLimits(timeout, memory * 2**20)
    counts = fuzz_files(FilesRun(found, seed, seconds, limits, jobs, keep, most))
    ends = ", ".join(f"{n} {end}" for end, n in counts.most_common())
    click.echo(f"seed {seed}: {counts.total()} files, {ends}")
    raise SystemExit(int(any(counts[end] for end in GRAVE)))


@main.command()
@click.argument("names", nargs=-1, metavar="[PARSER]...")
@click.option("--runs", default=2000, show_default=True, help="Executions of each parser.")
@click.option("--seed", default=1, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), default=ROOT / ".bench" / "fuzz")
def parsers(names: tuple[str, ...], runs: int, seed: int, keep: Path) -> None:
    """Texts through our own parsers in this process: all of them, or those that are named."""
    grave = 0
    for name in names or TARGETS:
        faults = fuzz_parser(TARGETS[name], CORPUS, runs, seed)
        for fault in faults:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{name}-{seed}-{fault.number}").write_bytes(fault.data)
            click.echo(f"{name}, seed {seed}, number {fault.number}: {fault.said}", err=True)
        click.echo(f"{name}, seed {seed}: {runs} executions, {len(faults)} faults")
        grave += len(faults)
    raise SystemExit(int(grave > 0))


if __name__ == "__main__":
    main(prog_name="python -m bench.fuzz")
