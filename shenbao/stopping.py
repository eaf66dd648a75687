"""A request to end is heard once and ends every command tidily: nothing half-written, no process, no temporary folder."""

from __future__ import annotations

import signal

_REQUESTS = (signal.SIGINT, signal.SIGTERM)


def hear_once() -> None:
    """From now on a request to end (SIGTERM, too) raises `KeyboardInterrupt`, and a later one is not heard.

    What is ignored (by `nohup`, say) stays ignored.
    """
    heard = [number for number in _REQUESTS if signal.getsignal(number) is not signal.SIG_IGN]

    def interrupt(*_: object) -> None:
        for number in heard:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heard:
        signal.signal(number, interrupt)
