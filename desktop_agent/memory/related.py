"""English words of nearly the same meaning, from WordNet: looked up in a sorted file that is mapped, not read."""

from __future__ import annotations

import mmap
from functools import lru_cache

from desktop_agent.data_files import resources


def related(stem: str) -> tuple[str, ...]:
    """The stems of words near the word with this stem, nearest first; at most 24, none for an unknown word.

    Without the file (it is missing from resources/) no word has any: less is found, nothing fails.
    """
    lines = _lines()
    if lines is None or not stem.isascii() or not stem.isalpha():
        return ()
    wanted = stem.encode()
    low, high = 0, len(lines)
    while low < high:
        begin = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        end = lines.find(b"\n", begin)
        words = lines[begin:end].split(b" ")
        if words[0] == wanted:
            return tuple(word.decode() for word in words[1:])
        if words[0] < wanted:
            low = end + 1
        else:
            high = begin
    return ()


@lru_cache(1)
def _lines() -> mmap.mmap | None:
    try:
        with (resources() / "dictionary" / "related.txt").open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
