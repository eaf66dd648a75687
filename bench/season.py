"""A whole season: thousands of files, killed at random moments and resumed: `python -m bench.season FORMS OUT`.

The result must be that of an undisturbed run, byte for byte. FORMS are sound forms,
.docx and .xlsx among them, as `bench.forge` writes them; some are broken in `WAYS`, some handed in twice.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import click

from bench.runs import start, watch

BROKEN, TWICE = 0.03, 0.05
"""Shares of the inbox."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WAYS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "empty.docx": lambda data, rng: b"",
    "one-byte.pdf": lambda data, rng: data[:1],
    "half.docx": lambda data, rng: data[: len(data) // 2],
    "half.xlsx": lambda data, rng: data[: len(data) // 2],
    "no-end.zip": lambda data, rng: data[:-30],
    "flipped.docx": lambda data, rng: _flip(data, rng, 200),
    "flipped.xlsx": lambda data, rng: _flip(data, rng, 200),
    "noise.pdf": lambda data, rng: b"%PDF-1.7\n" + rng.randbytes(4000),
    "noise.png": lambda data, rng: b"\x89PNG\r\n\x1a\n" + rng.randbytes(4000),
    "noise.jpg": lambda data, rng: b"\xff\xd8\xff\xe0" + rng.randbytes(4000),
    "noise.doc": lambda data, rng: OLE + rng.randbytes(4000),
    "noise.bin": lambda data, rng: rng.randbytes(4000),
    "zeros.docx": lambda data, rng: data[:100] + bytes(len(data)),
    "neither.md": lambda data, rng: b"\xff\xfe\x00" + rng.randbytes(999),
    "another.txt": lambda data, rng: f"今天下午开会，{rng.random()}。".encode(),
}


def _flip(data: bytes, rng: random.Random, times: int) -> bytes:
    flipped = bytearray(data)
    for _ in range(times):
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def fill(inbox: Path, forms: list[Path], count: int, rng: random.Random) -> None:
    """An inbox of `count` files in nine folders; where the forms are too few, they come again with another mark."""
    broken, twice = round(count * BROKEN), round(count * TWICE)
    sound: list[Path] = []
    for n in range(count - broken - twice):
        form = forms[n % len(forms)]
        path = inbox / f"第{n % 9}处" / f"{n:05}-{form.name}"
        sound.append(_put(path, form.read_bytes(), n // len(forms)))
    for n, form in enumerate(rng.sample(sound, twice)):
        _put(inbox / f"第{n % 9}处" / f"{n:05}-又一份{form.suffix}", form.read_bytes())
    names = list(WAYS)
    for n in range(broken):
        name = names[n % len(names)]
        suffix = ".xlsx" if name.endswith(".xlsx") else ".docx"
        form = rng.choice([form for form in forms if form.suffix == suffix])
        _put(inbox / f"第{n % 9}处" / f"{n:05}-{name}", WAYS[name](form.read_bytes(), rng))


def _put(path: Path, data: bytes, mark: int = 0) -> Path:
    """Write a file; a `mark` makes it another one that reads the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if path.suffix in (".docx", ".xlsx") else data + b"\n" * mark)
    if mark and path.suffix in (".docx", ".xlsx"):
        with ZipFile(path, "a") as archive:
            archive.comment = str(mark).encode()
    return path


def ingest(inbox: Path, out: Path, jobs: int) -> tuple[object, ...]:
    """The arguments of an ingest."""
    log = out.with_suffix(".log")
    return "ingest", inbox, "-o", out, "-j", jobs, "-q", "--settle", 0, "--log", log


def kill_after(inbox: Path, out: Path, jobs: int, seconds: float) -> bool:
    """Begin or resume, and kill after `seconds`; whether it was still at work."""
    process = start(*ingest(inbox, out, jobs))
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def differences(one: Path, other: Path) -> list[str]:
    """Names of results that only one has or that differ."""
    trees = [
        {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}
        for root in (one / "results", other / "results")
    ]
    return sorted(
        name for name in trees[0].keys() | trees[1].keys() if trees[0].get(name) != trees[1].get(name)
    )


@click.command()
@click.argument("forms", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--files", type=click.IntRange(30), default=2000, show_default=True)
@click.option("--kills", type=click.IntRange(0), default=20, show_default=True)
@click.option("-j", "--jobs", type=click.IntRange(1), default=2, show_default=True)
@click.option("--seed", default=6, show_default=True, help="Of the broken files and the moments.")
def main(forms: Path, out: Path, files: int, kills: int, jobs: int, seed: int) -> None:
    """Ingest once undisturbed, once again without a change, and once with kills; compare."""
    rng = random.Random(seed)
    inbox, whole, often = out / "in", out / "whole", out / "often"
    shutil.rmtree(out, ignore_errors=True)
    fill(inbox, sorted(forms.iterdir()), files, rng)
    load = os.getloadavg()[0]
    usage = watch(*ingest(inbox, whole, jobs))
    click.echo(f"{files} files with {jobs} workers, load {load:.1f} before: {usage}")
    click.echo(f"no change: {watch(*ingest(inbox, whole, jobs))}")
    landed = 0
    for number in range(kills):
        # even shares of the work that is left on average, and a start each
        moment = rng.uniform(0.3, 2 * usage.wall / (kills + 1))
        landed += kill_after(inbox, often, jobs, moment)
        click.echo(f"kill {number + 1}: after {moment:.1f} s", err=True)
    click.echo(f"resumed after {landed} kills that landed: {watch(*ingest(inbox, often, jobs))}")
    found = differences(whole, often)
    click.echo(f"results that differ: {len(found)} {found[:5]}")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
