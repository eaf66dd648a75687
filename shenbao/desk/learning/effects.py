"""What a proposal does to the bureau's own goldens: which fields it makes right, and which wrong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from normalize.text.own_data import VARIABLE
from shenbao.batch import BatchOptions
from shenbao.desk.goldens import check_goldens
from shenbao.desk.learning.adopting import adopt
from shenbao.desk.learning.lessons import Lesson


@dataclass(frozen=True, slots=True)
class LessonEffect:
    """Fields of goldens (their golden and name) that are right with a lesson only, and without it only."""

    before: int
    righted: tuple[str, ...]
    spoilt: tuple[str, ...]

    @property
    def after(self) -> int:
        """How many fields differ with the lesson; `before` without."""
        return self.before - len(self.righted) + len(self.spoilt)

    def words(self) -> str:
        """The effect in a line."""
        told = f": {self.spoilt[0]}" if self.spoilt else ""
        return (
            f"goldens: {self.before} fields differ without it, {self.after} with it "
            f"({len(self.righted)} become right, {len(self.spoilt)} wrong{told})"
        )

    def chinese(self) -> str:
        """The effect for a clerk."""
        told = f"（{'、'.join(self.spoilt)}）" if self.spoilt else ""
        return f"样例核对：差异 {self.before} 处 → {self.after} 处，改对 {len(self.righted)} 处，改错 {len(self.spoilt)} 处{told}"


class Trials:
    """Lessons tried on a bureau's goldens, which are read once without and once with each."""

    def __init__(self, goldens: Path, into: Path | None, options: BatchOptions) -> None:
        """`into`: the data folder into which a lesson would go; raises `OSError`."""
        self._goldens, self._into, self._options = goldens, into, options
        self._before = self._wrong(into if into is not None and into.is_dir() else None)

    def effect(self, lesson: Lesson, advance: Callable[[], None] = lambda: None) -> LessonEffect:
        """What the lesson would do. Raises `LessonError`, `OSError`."""
        with TemporaryDirectory(prefix="shenbao-") as trial:
            if self._into is not None and self._into.is_dir():
                shutil.copytree(self._into, trial, dirs_exist_ok=True)
            adopt(lesson, Path(trial))
            after = self._wrong(Path(trial))
        advance()
        righted, spoilt = self._before.keys() - after.keys(), after.keys() - self._before.keys()
        return LessonEffect(
            len(self._before),
            tuple(name for key, name in self._before.items() if key in righted),
            tuple(name for key, name in after.items() if key in spoilt),
        )

    def _wrong(self, folder: Path | None) -> dict[tuple[str, int, str], str]:
        """The fields that are not as they were confirmed, those included that persons had to correct then."""
        with _using(folder):
            outcomes = list(check_goldens(self._goldens, self._options))
        wrong = {
            (one.name, found.form, found.path): f"{one.name} {found.words()}"
            for one in outcomes
            for found in (*one.differences, *one.known)
        }
        return wrong | {(one.name, 0, ""): f"{one.name} {one.failure}" for one in outcomes if one.failure}


@contextmanager
def _using(folder: Path | None) -> Iterator[None]:
    """Have processes that are started in the block read with a data folder; `None`: as it is now."""
    before = os.environ.get(VARIABLE)
    if folder is not None:
        os.environ[VARIABLE] = str(folder.resolve())
    try:
        yield
    finally:
        if before is not None:
            os.environ[VARIABLE] = before
        else:
            os.environ.pop(VARIABLE, None)
