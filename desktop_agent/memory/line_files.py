"""Files with one JSON object a line, for notes and for conversations.

Reading never stops at a broken line; it remembers the number and the reason.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from desktop_agent.errors import AgentError, BadInput, NotFound
from desktop_agent.system import storage_error

T = TypeVar("T")

LONGEST_LINE = 8_000_000
"""Bytes. A longer line is broken, and read in pieces of this size to its end."""
LISTED = 1_000
"""Broken lines that are listed one by one; the rest (of a picture taken for notes) is only counted."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken; numbers begin with 1, the reason is in the user's language."""

    number: int
    reason: str


class LineReader(Generic[T]):
    """Reads a file; ``parse`` makes something of a line's object or raises ``BadInput`` with the reason.

    It may also give None, for a line that is told with a later one.
    """

    def __init__(self, path: Path, parse: Callable[[dict[str, object]], T | None]) -> None:
        """Raises:
        NotFound: there is no such file.
        StorageError: it cannot be read.
        """
        self._path, self._parse = path, parse
        self.number = 0
        """Of the line that was read last."""
        self.broken: list[BadLine] = []
        self.broken_lines = 0
        try:
            self._file = path.open("rb")
        except FileNotFoundError:
            raise NotFound("{path} is not there.", hint="Check the name.", path=path) from None
        except OSError as error:
            raise storage_error(error, path) from error

    def entries(self, most: int) -> Iterator[T]:
        """The next ``most`` good lines; none at the end of the file."""
        while most and (line := self._line()):
            self.number += 1
            try:
                fields = _object(line)
                entry = None if fields is None else self._parse(fields)
            except AgentError as error:
                self.refuse(self.number, error)
                continue
            if entry is not None:
                most -= 1
                yield entry

    def refuse(self, number: int, reason: AgentError) -> None:
        """Count a line among the broken ones."""
        self.broken_lines += 1
        if len(self.broken) < LISTED:
            self.broken.append(BadLine(number, reason.told()))

    def close(self) -> None:
        self._file.close()

    def _line(self) -> bytes:
        try:
            line = self._file.readline(LONGEST_LINE + 1)
            if len(line) > LONGEST_LINE:
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = self._file.readline(LONGEST_LINE)
        except OSError as error:
            raise storage_error(error, self._path) from error
        return line


class LineWriter:
    """Writes a file; it takes the name's place only when it is ``finish``\\ ed."""

    def __init__(self, path: Path) -> None:
        """Raises:
        StorageError: it cannot be written there.
        """
        self._path = path
        self._draft = path.with_name(path.name + ".new")
        if path.is_dir():
            raise BadInput("{path} is a folder.", hint="Name a file in it.", path=path)
        try:
            self._file = self._draft.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise storage_error(error, path) from error

    def write_lines(self, lines: Iterable[str]) -> None:
        """Add ``lines``, each with its end."""
        try:
            self._file.writelines(lines)
        except OSError as error:
            raise storage_error(error, self._path) from error

    def finish(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.replace(self._path)
        except OSError as error:
            raise storage_error(error, self._path) from error

    def close(self) -> None:
        """End without a file, unless it is finished."""
        try:
            self._file.close()
            self._draft.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, self._path) from error


def _object(line: bytes) -> dict[str, object] | None:
    """The object of a line; None for an empty line.

    Raises:
        BadInput: with the reason.
    """
    if len(line) > LONGEST_LINE:
        raise BadInput("The line is longer than {most} bytes.", most=f"{LONGEST_LINE:,}")
    try:
        # -sig: some editors put a mark before the first line.
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BadInput("The line is not UTF-8 text.") from None
    if not text:
        return None
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("The line is not JSON.") from None
    if not isinstance(fields, dict):
        raise BadInput("The line is not a JSON object.")
    return fields
