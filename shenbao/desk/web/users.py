"""Named users of a desk that more than one machine may reach: a file of names and hashed passwords."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shenbao.outputs import replacing

_COST = 2**14
_BLOCK = 8
_PARALLEL = 1
"""The usual cost of scrypt for logging in (RFC 7914): some 50 ms and 16 MB a try."""
LEAST_PASSWORD = 8
"""Characters of a password."""


class UserFileError(ValueError):
    """A file of users that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class UserFile:
    """Names with the salt and hash of their passwords, in hexadecimal digits."""

    users: Mapping[str, tuple[str, str]]

    def is_right(self, name: str, password: str) -> bool:
        """Whether the user has this password; a name that is unknown costs as much time as one that is known."""
        salt, wanted = self.users.get(name, ("00" * 16, "00" * 64))
        found = _hash(password, salt)
        return secrets.compare_digest(found, wanted) and name in self.users


def read_users(path: Path) -> UserFile:
    """The users in a file; raises `UserFileError`, and `OSError` where it cannot be opened."""
    try:
        root = json.loads(path.read_text("utf-8"))
        users = {str(name): (str(one["salt"]), str(one["hash"])) for name, one in root["users"].items()}
        bytes.fromhex("".join(salt for salt, _ in users.values()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserFileError(f"{path} is not a file of `shenbao review users add`") from error
    return UserFile(users)


def add_user(path: Path, name: str, password: str) -> None:
    """Add a user, or give one another password; the file is its owner's only. Raises `UserFileError`, `OSError`."""
    known = dict(read_users(path).users) if path.exists() else {}
    salt = secrets.token_hex(16)
    known[name] = (salt, _hash(password, salt))
    root = {"users": {user: {"salt": one[0], "hash": one[1]} for user, one in sorted(known.items())}}
    with replacing(path) as file:
        os.fchmod(file.fileno(), 0o600)
        json.dump(root, file, ensure_ascii=False, indent=2)


def _hash(password: str, salt: str) -> str:
    data = hashlib.scrypt(
        password.encode("utf-8", "replace"), salt=bytes.fromhex(salt), n=_COST, r=_BLOCK, p=_PARALLEL
    )
    return data.hex()
