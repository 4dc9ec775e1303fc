"""Builds resources/dictionary/traditional.txt: traditional Chinese letters and what they are in simplified writing.

Run after an update of OpenCC: ``python packaging/traditional.py``. Two lines of equal length, letter under letter;
``desktop_agent/memory/terms.py`` reads them.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / "resources" / "dictionary" / "traditional.txt"

_KEPT = "么"
"""Stands for another letter in traditional writing, but is one of the commonest in simplified (什么)."""


def pairs() -> dict[str, str]:
    """Each traditional letter with the one simplified letter that OpenCC gives for it alone."""
    import opencc

    general, regional = opencc.OpenCC("t2s"), (opencc.OpenCC("tw2s"), opencc.OpenCC("hk2s"))
    found: dict[str, str] = {}
    for number in chain(range(0x3400, 0xA000), range(0xF900, 0xFB00)):
        letter = chr(number)
        # What is spelt so in simplified text too (著名) must not follow the custom of one region.
        simplified = letter.encode("gb2312", "ignore") != b""
        for converter in (general,) if simplified else (general, *regional):
            other = converter.convert(letter)
            if other != letter and len(other) == 1 and letter not in _KEPT:
                found[letter] = other
                break
    # Reading a folded text again changes nothing.
    return {letter: found.get(other, other) for letter, other in found.items()}


def main() -> None:
    found = pairs()
    PLACE.write_text("".join(found) + "\n" + "".join(found.values()) + "\n", "utf-8", newline="\n")
    print(f"{len(found)} letters, {PLACE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
