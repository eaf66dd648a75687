"""Why a process ended before it answered, as a finding about its file: a stable code and words for a clerk."""

from __future__ import annotations

from collections.abc import Mapping

from models.document import Problem
from shenbao.bounded.process import Cause, Death

_CODES: Mapping[Cause, str] = {
    "timed_out": "reading-timed-out",
    "out_of_memory": "reading-out-of-memory",
    "too_deep": "file-nested-too-deeply",
    "too_large": "result-too-large",
    "died": "reading-died",
    "lost": "reading-died",
}
_MESSAGES: Mapping[Cause, str] = {
    "timed_out": "读取超过 {} 仍未完成，已停止（--timeout）",
    "out_of_memory": "读取所需内存超过 {}，已停止（--memory）",
    "too_deep": "文件内部嵌套过深（超过 {} 层），已停止",
    "too_large": "读取结果超过 {}，已停止",
    "died": "读取进程意外终止（{}）",
    "lost": "读取时所在机器 {} 失联",
}
"""With the limit, the exit code, or how often a machine was lost."""


def death_to_problem(death: Death) -> Problem:
    """What the file's clerk is told; it does not say that the file is damaged, for nobody knows that."""
    return Problem(_CODES[death.cause], _MESSAGES[death.cause].format(death.detail), "error")
