"""A request to end is heard once and ends every command tidily: nothing half-written, no process, no temporary folder."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def stoppable() -> Iterator[None]:
    """A request to end (SIGTERM) ends like an interrupt; another one while that is done is not heard."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    heard = [number for number, handler in before.items() if handler is not signal.SIG_IGN]

    def interrupt(*_: object) -> None:
        for number in heard:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heard:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heard:
            if signal.getsignal(number) in (interrupt, signal.SIG_IGN):
                signal.signal(number, before[number] or signal.SIG_DFL)
