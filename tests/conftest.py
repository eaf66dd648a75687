"""No test is timed: machines are noisy. Tests may run side by side, one process a processor, each with one thread."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

ALONE = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"),
    "OPENCV_FOR_THREADS_NUM": "1",
}
"""What keeps numpy and OpenCV, which are loaded after this, from threads of their own."""
TOGETHER = {
    "tests/shenbao/export/test_files.py": "database",
    "tests/shenbao/ingest/ledger/test_postgres.py": "database",
    "tests/shenbao/ingest/inbox/test_store.py": "store and cluster",
    "tests/shenbao/ingest/workers/test_cluster.py": "store and cluster",
}
"""Modules whose tests talk to the same server, which is started once where they run in one process."""
LONG = frozenset({"test_golden.py", "test_command.py", "test_faults.py", "test_damage.py"})
"""Modules of long tests: they begin first, so that no process ends with one of them while the others wait."""

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
for setting, value in ALONE.items():
    os.environ.setdefault(setting, value)


@pytest.fixture(autouse=True)
def requests_to_end() -> Iterator[None]:
    """A command hears a request to end once, for good; the next test's command must hear one, too."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Shared(LoadScopeScheduling):  # type: ignore[misc]
    """Gives tests one by one to whoever is free, those of `TOGETHER` as one (`--dist loadscope`)."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER.get(nodeid.partition("::")[0], nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Shared | None:
    return Shared(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)
