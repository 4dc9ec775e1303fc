"""Builds resources/dictionary/words.dat: jieba's dictionary as one file that is mapped, not read.

Run after an update of jieba: ``python packaging/dictionary.py``. Takes about a minute;
the same jieba gives the same bytes. ``desktop_agent/memory/dictionary.py`` reads it and
describes its layout.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from array import array
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop_agent.memory.dictionary import (
    CELL,
    EMITTED,
    HEADER_BYTES,
    MAGIC,
    PARENT,
    PATH,
    RARITY_SHIFT,
    STATES,
    VALUE,
)

_WINDOW = 8192
"""Places tried at once when a node looks for room for its children."""


def jieba_files() -> dict[str, Path]:
    """The files of the installed jieba that go into the image."""
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise SystemExit("jieba is not installed here.")
    folder = Path(found.origin).parent
    return {
        "dict": folder / "dict.txt",
        "idf": folder / "analyse" / "idf.txt",
        "emit": folder / "finalseg" / "prob_emit.py",
    }


def build(place: Path) -> None:
    """Write the image to ``place``."""
    files = jieba_files()
    frequency, total = _frequencies(files["dict"])
    rarity = _rarities(files["idf"])
    trie = _Trie(frequency.keys() | rarity.keys())
    frequencies = sorted(set(frequency.values()))
    rarities = sorted(set(rarity.values()))
    frequency_at = {value: at for at, value in enumerate(frequencies, 2)}
    rarity_at = {value: at for at, value in enumerate(rarities, 1)}
    # jieba gives every beginning of a word the frequency 0, but not beginnings of words of the IDF table only.
    beginnings = {word[:end] for word in frequency for end in range(1, len(word) + 1)}
    for word, cell in trie.cell.items():
        known = frequency_at[frequency[word]] if word in frequency else int(word in beginnings)
        trie.table[cell + VALUE] = known | (rarity_at[rarity[word]] << RARITY_SHIFT if word in rarity else 0)
    header = {
        "total": total,
        "median": sorted(rarity.values())[len(rarity) // 2],
        "trie": len(trie.table),
        "frequencies": len(frequencies),
        "rarities": len(rarities),
        "sha256": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()},
    }
    begin = MAGIC + json.dumps(header).encode()
    if len(begin) > HEADER_BYTES:
        raise SystemExit("The header has outgrown its place.")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        file.write(begin.ljust(HEADER_BYTES))
        for table in (
            array("d", rarities),
            _emissions(),
            trie.table,
            array("i", trie.code),
            array("I", frequencies),
        ):
            file.write(table.tobytes())
            file.write(bytes(-file.tell() % 8))
    print(
        f"{place}: {place.stat().st_size:,} bytes, "
        f"{len(trie.cell):,} words and beginnings in {len(trie.table) // CELL:,} cells"
    )


def _frequencies(path: Path) -> tuple[dict[str, int], int]:
    frequency, total = {}, 0
    for line in path.read_text("utf-8").splitlines():
        word, count = line.strip().split(" ")[:2]
        frequency[word] = int(count)
        # A word that stands there twice counts twice, as in jieba.
        total += int(count)
    return frequency, total


def _rarities(path: Path) -> dict[str, float]:
    pairs = (line.strip().split(" ") for line in path.read_text("utf-8").splitlines())
    return {word: float(rarity) for word, rarity in pairs}


def _emissions() -> array[float]:
    from jieba.finalseg.prob_emit import P

    absent = float("nan")
    return array("d", [P[state].get(chr(letter), absent) for state in STATES for letter in EMITTED])


class _Trie:
    """A double-array trie, laid out as ``Dictionary`` describes it; ``cell`` says where each word is."""

    def __init__(self, words: set[str]) -> None:
        nodes = {word[:end] for word in words for end in range(1, len(word) + 1)}
        used = Counter(node[-1] for node in nodes)
        # The most frequent letters get the lowest codes: that keeps the arrays dense.
        letters = sorted(used, key=lambda letter: (-used[letter], letter))
        codes = {letter: code for code, letter in enumerate(letters, 1)}
        self.code = array("i", bytes(4 * 65536))
        for letter, code in codes.items():
            self.code[ord(letter)] = CELL * code
        children = defaultdict(list)
        for node in sorted(nodes):
            children[node[:-1]].append(node)
        self.cell = {"": 0}
        self._base_of: dict[str, int] = {}
        self._place(children, codes)
        self.table = array("i", [0, -1, 0] * (max(self.cell.values()) + 1))
        for node, base in self._base_of.items():
            at = CELL * self.cell[node]
            self.table[at] = CELL * base
            for child in children[node]:
                self.table[CELL * self.cell[child] + PARENT] = at
        self.cell = {word: CELL * cell for word, cell in self.cell.items()}
        del self.cell[""]

    def _place(self, children: dict[str, list[str]], codes: dict[str, int]) -> None:
        """First fit, nodes with many children first; the free cells are the bits of one large number."""
        size = sum(map(len, children.values())) * 2 + 100_000
        free = (1 << size) - 2  # cell 0 is the root
        # For how many children, and the first window not yet full for so many: going back to the
        # windows before would save 8 % of the file and cost four times the time.
        lowest = (0, 0)
        for node in sorted(children, key=lambda node: (-len(children[node]), node)):
            offsets = [codes[child[-1]] for child in children[node]]
            if len(offsets) == 1:
                break
            at = lowest[1] if lowest[0] == len(offsets) else 0
            while not (fits := _fits(free, at, offsets)):
                at += _WINDOW
            lowest = (len(offsets), at)
            base = at + (fits & -fits).bit_length() - 1
            for offset in offsets:
                free ^= 1 << (base + offset)
            self._enter(node, base, children[node], codes)
        # A single child fits into any cell that is left, but no base may be below zero.
        lowest_cell = max(codes.values())
        left = (cell for cell, bit in enumerate(reversed(f"{free:b}")) if bit == "1" and cell > lowest_cell)
        for node, (child, *others) in sorted(children.items()):
            if not others:
                self._enter(node, next(left) - codes[child[-1]], [child], codes)

    def _enter(self, node: str, base: int, children: list[str], codes: dict[str, int]) -> None:
        self._base_of[node] = base
        for child in children:
            self.cell[child] = base + codes[child[-1]]


def _fits(free: int, at: int, offsets: list[int]) -> int:
    """Which of the bases from ``at`` on, one bit each, find all their cells free."""
    fits = (1 << _WINDOW) - 1
    for offset in offsets:
        fits &= free >> (at + offset)
        if not fits:
            break
    return fits


if __name__ == "__main__":
    build(PATH)
