"""One peer on some files in a process of its own: `python -m bench.peers.worker PEER OUT FILE…`.

OUT gets a JSON object a line: first what loading took, then one for each file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.peers.reading import Json
from bench.peers.registry import peer


def processor() -> float:
    """CPU seconds of this process and of its children that ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def timed(work: Callable[[], object]) -> Json:
    """What `work` gave, or the exception it raised, with its CPU and wall seconds."""
    cpu, wall = processor(), time.perf_counter()
    try:
        outcome: Json = {"value": work()}
    except Exception as error:  # a peer may raise anything, and that is a result
        outcome = {"error": f"{type(error).__name__}: {error}"[:200]}
    return outcome | {"cpu": processor() - cpu, "wall": time.perf_counter() - wall}


def main(name: str, out: Path, files: Sequence[str]) -> None:
    with out.open("w", encoding="utf-8") as lines:
        loaded = timed(peer(name).load)
        read = loaded.pop("value", None)
        print(json.dumps(loaded), file=lines, flush=True)
        for file in files if read else ():
            print(json.dumps({"file": file} | timed(lambda: read(Path(file)))), file=lines, flush=True)  # noqa: B023


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
