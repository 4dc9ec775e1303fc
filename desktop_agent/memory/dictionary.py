"""jieba's dictionary, mapped: nothing is read or parsed at start, pages come as they are asked for.

Stock jieba fills Python dicts with 1.2 million entries: 1.7 to 2.7 s and 118 to 164 MB.
``packaging/dictionary.py`` builds the image.

It is a double-array trie of cells of three numbers: base, parent, value. A cell is named
by the place of its first number, and the root is 0. The child of a cell by a letter is
base + code[letter], if that cell's parent is the one we came from. The three numbers lie
together because each page that is touched must come from the disk.
"""

from __future__ import annotations

import json
import mmap
from pathlib import Path
from typing import Any, Literal

from desktop_agent.errors import NotAvailable
from desktop_agent.system import resources

PATH = resources() / "dictionary" / "words.dat"
MAGIC = b"DAWORDS1"
HEADER_BYTES = 1024

CELL, PARENT, VALUE = 3, 1, 2
"""Numbers in a cell, and the places of two of them in it."""
RARITY_SHIFT = 16
FREQUENCY_MASK = 0xFFFF
"""The two halves of a value: which frequency, which IDF."""

STATES = "BMES"
"""Where a letter stands in its word for jieba's model of unknown words: begin, middle, end, single."""
EMITTED = range(0x4E00, 0x9FD6)
"""The letters that reach that model."""


class Dictionary:
    """The mapped image.

    The lower half of a value is 0 for no word, 1 for the beginning of a word, else 2 + the
    place in ``frequencies``; the upper half is 0 for no IDF, else 1 + the place in
    ``rarities``. ``emissions`` has a row of log probabilities for each of ``STATES``.
    """

    def __init__(self, path: Path = PATH) -> None:
        """Raises:
        NotAvailable: the file is missing or not what it should be.
        """
        try:
            with path.open("rb") as file:
                image = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if image[: len(MAGIC)] != MAGIC:
                raise ValueError("another format")
            header = json.loads(image[len(MAGIC) : HEADER_BYTES])
            self._view, self._at = memoryview(image), HEADER_BYTES
            self.sources: dict[str, str] = header["sha256"]
            """SHA-256 of the files of jieba that it was built from."""
            self.total: int = header["total"]
            self.median: float = header["median"]
            self.rarities = self._table("d", header["rarities"])
            self._emissions = self._table("d", len(STATES) * len(EMITTED))
            self.trie = self._table("i", header["trie"])
            self.code = self._table("i", 65536)
            self.frequencies = self._table("I", header["frequencies"])
            if self._at != len(image):
                raise ValueError("another length")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NotAvailable(
                "The dictionary {path} is missing or damaged.", hint="Install the program again.", path=path
            ) from error
        self.emissions = tuple(
            self._emissions[row * len(EMITTED) : (row + 1) * len(EMITTED)] for row in range(len(STATES))
        )

    def frequency(self, word: str) -> int | None:
        """How often jieba has seen ``word``; 0 for the mere beginning of a word, None for neither."""
        found = self._value(word) & FREQUENCY_MASK
        if not found:
            return None
        return int(self.frequencies[found - 2]) if found > 1 else 0

    def rarity(self, word: str) -> float:
        """The IDF of ``word``; the median of all for a word that is not in the table."""
        found = self._value(word) >> RARITY_SHIFT
        return float(self.rarities[found - 1]) if found else self.median

    def _value(self, word: str) -> int:
        trie, cell = self.trie, 0
        for letter in word:
            code = self.code[ord(letter)] if letter <= "\uffff" else 0
            child = trie[cell] + code
            if not code or child >= len(trie) or trie[child + PARENT] != cell:
                return 0
            cell = child
        return int(trie[cell + VALUE])

    def _table(self, form: Literal["d", "i", "I"], count: int) -> Any:
        """A memoryview of numbers, and past its end on the next multiple of 8."""
        size = (8 if form == "d" else 4) * count
        table = self._view[self._at : self._at + size].cast(form)
        self._at += size + -size % 8
        return table
