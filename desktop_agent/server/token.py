"""The token that every program has to show: 256 random bits, kept in a file that only this account may read."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from pathlib import Path

from desktop_agent.system import storage_error

_FORM = re.compile(r"[A-Za-z0-9_-]{32,200}")


class Token:
    """The token in ``path``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = ""

    @property
    def text(self) -> str:
        """The token, made if there is none, or none that could be one.

        Raises:
            StorageError: it cannot be read or kept.
        """
        if not self._text:
            try:
                found = self._path.read_text("ascii", "replace").strip()
            except FileNotFoundError:
                found = ""
            except OSError as error:
                raise storage_error(error, self._path) from error
            self._text = found if _FORM.fullmatch(found) else self.renewed()
        return self._text

    def renewed(self) -> str:
        """Another token in its place.

        Raises:
            StorageError: it cannot be kept; the one before stays.
        """
        new = secrets.token_urlsafe(32)
        draft = self._path.with_name(self._path.name + ".new")
        try:
            draft.unlink(missing_ok=True)
            # Not readable for others at any moment, also not while it is being written.
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(new + "\n")
            draft.replace(self._path)
        except OSError as error:
            raise storage_error(error, self._path) from error
        self._text = new
        return new

    def is_shown_by(self, shown: str) -> bool:
        """Whether ``shown`` is the token; takes the same time however much of it is right."""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self._text.encode())
