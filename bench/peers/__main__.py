"""`python -m bench.peers FORMS_DIR TRUTH_DIR [--peer NAME …] [--page OUT]`: every peer on every file it can read.

FORMS_DIR holds NAME.<ext>, TRUTH_DIR holds NAME.truth.json. A Word, Excel or text file counts as one page.
*silent*: wrong, and no finding points at it; *missed*: the form says something and nothing was read, without a
finding; *flagged*: not exact, but a finding points at it. Peers other than shenbao have no findings.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

from bench.peers.kinds import SUFFIXES, Kind, path_to_kind
from bench.peers.reading import Json
from bench.peers.registry import PEERS, Peer, peer
from bench.peers.report import Tallies, kind_to_shown, page, peers_to_shown, tallies_to_json
from bench.peers.run import run
from bench.peers.tally import run_to_tally
from bench.report import readme

ORDER: tuple[Kind, ...] = ("docx", "xlsx", "pdf", "scan", "picture", "text")
BASELINES = [one.name for one in PEERS if one.baseline]


def truths(forms: Path, folder: Path) -> dict[Path, Json]:
    """The forms that have a truth, with it."""
    found = {}
    for form in sorted(forms.iterdir()):
        truth = folder / f"{form.stem}.truth.json"
        if form.suffix.lower() in SUFFIXES and truth.exists():
            found[form.resolve()] = json.loads(truth.read_text(encoding="utf-8"))
    return found


def compare(peers: Sequence[Peer], known: Mapping[Path, Json], console: Console) -> dict[str, Tallies]:
    """Tallies by kind and peer, printed kind by kind."""
    kinds: dict[str, Tallies] = {}
    by_kind = {kind: [path for path in known if path_to_kind(path) == kind] for kind in ORDER}
    for kind, files in by_kind.items():
        able = [one for one in peers if files and kind in one.kinds and not one.lacks()]
        tallies = {}
        for one in able:
            console.print(f"{kind}: {one.name} …", style="dim")
            tallies[one.name] = run_to_tally(run(one, files), known)
        if tallies:
            kinds[kind] = tallies
            shown = kind_to_shown(kind, tallies, BASELINES)
            console.print(shown.to_rich())
            console.print(shown.note, markup=False)
    return kinds


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("forms", type=Path)
    parser.add_argument("truths", type=Path)
    parser.add_argument("--peer", action="append", metavar="NAME", help="only this one; may be given again")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures to this file")
    parser.add_argument(
        "--page",
        type=Path,
        metavar="OUT",
        help="also write a page, bench/PEERS.md; the READMEs quote that one",
    )
    chosen = parser.parse_args(arguments)
    try:
        peers = [peer(name) for name in chosen.peer] if chosen.peer else list(PEERS)
    except KeyError as unknown:
        parser.error(unknown.args[0])
    known = truths(chosen.forms, chosen.truths)
    if not known:
        parser.error(f"no form in {chosen.forms} has its NAME.truth.json in {chosen.truths}")
    console = Console(width=132)
    begin = time.monotonic()
    kinds = compare(peers, known, console)
    readers = peers_to_shown(peers)
    console.print(readers.to_rich())
    if chosen.page:
        tables = [kind_to_shown(kind, tallies, BASELINES) for kind, tallies in kinds.items()]
        chosen.page.write_text(
            page([*tables, readers], [path.name for path in known], (time.monotonic() - begin) / 60),
            encoding="utf-8",
        )
        readme.quote()
    if chosen.json:
        chosen.json.write_text(
            json.dumps(tallies_to_json(kinds), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
