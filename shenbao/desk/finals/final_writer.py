"""Finals written behind the answers: a decision is in the ledger before it is acknowledged, its final follows at once."""

from __future__ import annotations

import threading
from collections.abc import Callable

from models.submission import Submission
from shenbao.desk.finals.finals import write_final
from shenbao.desk.folder import ReviewFolder


class FinalWriter:
    """Writes finals in a thread of its own, of each submission the newest. Any thread may ask; `close` ends it."""

    def __init__(
        self, folder: ReviewFolder, write: Callable[[ReviewFolder, str, Submission], None] = write_final
    ) -> None:
        self._folder, self._write = folder, write
        self._waiting: dict[str, Submission] = {}
        self._unwritten: dict[str, Submission] = {}
        self._error: OSError | None = None
        self._is_busy, self._is_closed = False, False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def put(self, place: str, submission: Submission) -> None:
        """Have the final of the result `place` written, and with it those that could not be written before."""
        with self._changed:
            self._waiting = {**self._unwritten, **self._waiting, place: submission}
            self._unwritten.clear()
            self._changed.notify_all()

    def settle(self) -> None:
        """Wait until nothing waits to be written. Raises `OSError` where a final could not be."""
        with self._changed:
            self._changed.wait_for(lambda: not self._has_work() or not self._thread.is_alive())
            self._raise()

    def check(self) -> None:
        """Raises the `OSError` of a final that could not be written, once."""
        with self._changed:
            self._raise()

    def close(self) -> None:
        """Write what waits, and end."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._thread.join()

    def _has_work(self) -> bool:
        return bool(self._waiting) or self._is_busy

    def _raise(self) -> None:
        error, self._error = self._error, None
        if error is not None:
            raise error

    def _work(self) -> None:
        while True:
            with self._changed:
                self._is_busy = False
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._waiting or self._is_closed)
                if not self._waiting:
                    return
                place = next(iter(self._waiting))
                submission, self._is_busy = self._waiting.pop(place), True
            try:
                self._write(self._folder, place, submission)
            except OSError as error:
                with self._changed:
                    self._error = error
                    self._unwritten.setdefault(place, submission)
