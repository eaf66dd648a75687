"""The expected results: one in `golden/` for every sample, and none without its sample.

`python -m shenbao.golden` makes them anew. It refuses on a tree with uncommitted changes, so that somebody
looks at the difference it makes; tests compare and never write.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from models.submission import submission_to_json
from shenbao.exits import BAD_DATA
from shenbao.pipeline import read_submission
from shenbao.readers import Settings

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_KINDS = frozenset(
    {
        ".md",
        ".txt",
        ".html",
        ".json",
        ".docx",
        ".xlsx",
        ".pdf",
        ".ofd",
        ".doc",
        ".xls",
        ".png",
        ".jpg",
        ".tif",
    }
)
_NEAR_CONFIDENCE = 0.05 + 1e-9
"""The same confidence on another processor."""
_CONFIDENCE = re.compile(r'(?<="confidence": )[\d.]+(?=,?$)', re.M)
_PROGRAM = re.compile(r'(?<=^    "shenbao": ).*(?=,$)', re.M)
_ABOUT = ("readme", "license", "notice")
"""Files about the samples, not samples."""


def samples(root: Path) -> list[Path]:
    """All sample files below `root/samples`, sorted by name."""
    files = (path for path in (root / "samples").rglob("*") if path.suffix.lower() in SAMPLE_KINDS)
    return sorted(path for path in files if not path.name.lower().startswith(_ABOUT))


def golden_path(root: Path, sample: Path) -> Path:
    """`samples/a.md` → `golden/a.md.json`, folders kept."""
    name = sample.relative_to(root / "samples")
    return root / "golden" / name.with_name(f"{name.name}.json")


def sample_to_golden(sample: Path) -> str:
    """The text that the golden of `sample` should have."""
    return submission_to_json(read_submission(sample, Settings()))


def agrees(text: str, golden: str) -> bool:
    """Whether a result is as expected: exactly, but for confidences, which may be `_NEAR_CONFIDENCE`, and the program's version.

    A recogniser's probabilities differ a little from one processor to another; what was read, repaired and found must not.
    """
    text, golden = (_PROGRAM.sub("", result, count=1) for result in (text, golden))
    pairs = zip(_CONFIDENCE.findall(text), _CONFIDENCE.findall(golden), strict=False)
    near = all(abs(float(one) - float(other)) <= _NEAR_CONFIDENCE for one, other in pairs)
    return near and _CONFIDENCE.sub("", text) == _CONFIDENCE.sub("", golden)


def orphans(root: Path) -> list[Path]:
    """Files in `root/golden` that no sample asks for."""
    wanted = {golden_path(root, sample) for sample in samples(root)}
    return sorted(path for path in (root / "golden").rglob("*") if path.is_file() and path not in wanted)


def regenerate(root: Path) -> Iterator[str]:
    """Write every golden that differs and remove every orphan; a line about each."""
    for sample in samples(root):
        golden, text = golden_path(root, sample), sample_to_golden(sample)
        if golden.exists() and golden.read_text("utf-8") == text:
            continue
        yield f"{'changed' if golden.exists() else 'new'}: {golden.relative_to(root)}"
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8", newline="\n")
    for golden in orphans(root):
        golden.unlink()
        yield f"removed: {golden.relative_to(root)}"


def uncommitted_changes(root: Path) -> str:
    """What git says is not committed; raises `OSError` or `CalledProcessError` outside a repository."""
    command = ["git", "-C", str(root), "status", "--porcelain"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def regenerate_or_refuse(root: Path = ROOT) -> int:
    """Regenerate, or refuse with exit code 65."""
    try:
        uncommitted = uncommitted_changes(root)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"golden: {root} is not a git checkout, nothing was written: {error}", file=sys.stderr)
        return BAD_DATA
    if uncommitted:
        advice = "commit or stash these changes first, so that the goldens' own change can be seen"
        print(f"golden: {advice}; nothing was written:\n{uncommitted}", end="", file=sys.stderr)
        return BAD_DATA
    lines = list(regenerate(root))
    print("\n".join(lines) or f"golden: all {len(samples(root))} are up to date")
    return 0


if __name__ == "__main__":
    sys.exit(regenerate_or_refuse())
