"""What clerks of any department write: names, tasks, judgements, and what they write instead of standard words."""

from __future__ import annotations

from bench.forge.departments import line_to_project, load

_WORDS = load("words.yaml")

COUNTIES: tuple[str, ...] = tuple(_WORDS["counties"])
SURNAMES: tuple[str, ...] = tuple(_WORDS["surnames"].split())
GIVEN: tuple[str, ...] = tuple(_WORDS["given_names"].split())
FUNCTIONS: tuple[str, ...] = tuple(_WORDS["functions"])
TASKS: tuple[str, ...] = tuple(_WORDS["tasks"])
PROJECTS: tuple[tuple[str, str], ...] = tuple(map(line_to_project, _WORDS["projects"]))
MEASURES: tuple[str, ...] = tuple(_WORDS["measures"])
"""Core outputs any department may have."""
EXTRA: dict[str, tuple[str, ...]] = {level2: tuple(lines) for level2, lines in _WORDS["extra"].items()}
"""Own indicators beside the catalogue's, by second level."""
JUDGEMENTS: tuple[str, ...] = tuple(_WORDS["judgements"].split())
NEIGHBOURS: tuple[str, ...] = tuple(_WORDS["neighbours"])
"""Own indicators whose names lie next to names of the catalogue; a good reader leaves them alone."""
CLAUSES: tuple[str, ...] = tuple(_WORDS["clauses"])
"""What makes a text long."""
REWORDINGS: tuple[tuple[str, str], ...] = tuple(
    (before, after) for before, afters in _WORDS["rewordings"].items() for after in afters.split()
)
"""What clerks write instead of the standard words: never a misreading."""
