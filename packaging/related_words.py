"""Builds resources/dictionary/related.txt: English words with others of nearly the same meaning, from WordNet 3.0.

``python packaging/related_words.py FOLDER``, the folder ``dict`` of WordNet (wordnet.princeton.edu). Each line has the
stem of a word and behind it those of its synonyms, of the words above it (greyhound: dog) and below it (dog: puppy),
of its two most used senses. To be made anew when the stemmer changes: the lines are in its stems.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from desktop_agent.memory.terms import SAYING_NOTHING, stem

PLACE = Path(__file__).resolve().parent.parent / "resources" / "dictionary" / "related.txt"

SENSES, BELOW, MOST = 2, 30, 24
"""Senses of a word that count; so many words below it at most, else it is too general; words in a line."""
_KINDS = {"noun": "n", "verb": "v", "adj": "a"}
_ABOVE, _UNDER = "@", "~"

Place = tuple[str, str]


def main(folder: Path) -> None:
    related: defaultdict[str, dict[str, None]] = defaultdict(dict)
    sets, senses = _read(folder)
    common = _used(folder)
    for word in sorted(common & senses.keys()):
        if _plain(word) and word not in SAYING_NOTHING:
            for other in _related(senses[word], sets):
                if other in common and _plain(other) and stem(other) != stem(word) and other not in SAYING_NOTHING:
                    related[stem(word)].setdefault(stem(other))
    lines = [" ".join([word, *list(others)[:MOST]]) for word, others in sorted(related.items())]
    PLACE.write_text("\n".join(lines) + "\n", "ascii", newline="\n")
    print(f"{len(lines)} words, {PLACE.stat().st_size} bytes")


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha() and len(word) > 2


def _related(places: list[Place], sets: dict[Place, tuple[list[str], list[tuple[str, Place]]]]) -> Iterator[str]:
    meant = [sets[place] for place in places if place in sets]
    for words, _links in meant:
        yield from words
    for sign in (_ABOVE, _UNDER):
        for _words, links in meant:
            others = [place for kind, place in links if kind == sign and place in sets]
            for place in others if len(others) <= BELOW else ():
                yield from sets[place][0]


def _read(folder: Path) -> tuple[dict[Place, tuple[list[str], list[tuple[str, Place]]]], dict[str, list[Place]]]:
    """The sets of synonyms with what they point to, and the first senses of each word."""
    sets: dict[Place, tuple[list[str], list[tuple[str, Place]]]] = {}
    senses: defaultdict[str, list[Place]] = defaultdict(list)
    for kind, letter in _KINDS.items():
        for file in sorted(folder.glob(f"data.{kind}*")):
            for fields in _lines(file):
                count = int(fields[3], 16)
                words = [word.partition("(")[0].lower() for word in fields[4 : 4 + 2 * count : 2]]
                links, at = [], 5 + 2 * count
                for sign, offset, to in zip(fields[at::4], fields[at + 1 :: 4], fields[at + 2 :: 4], strict=False):
                    links.append((sign, (to.replace("s", "a"), offset)))
                sets[letter, fields[0]] = (words, links)
        for fields in _lines(folder / f"index.{kind}"):
            offsets = fields[6 + int(fields[3]) :]
            senses[fields[0].lower()] += [(letter, offset) for offset in offsets[:SENSES]]
    return sets, senses


def _used(folder: Path) -> set[str]:
    """Words that were met at all when WordNet's makers counted senses in texts."""
    used = set()
    for line in (folder / "index.sense").read_text("latin-1").splitlines():
        key, _offset, _number, count = line.split()
        if int(count):
            used.add(key.partition("%")[0])
    return used


def _lines(file: Path) -> Iterator[list[str]]:
    for line in file.read_text("latin-1").splitlines():
        fields = line.partition("|")[0].split()
        if not line.startswith("  ") and fields:
            yield fields


if __name__ == "__main__":
    main(Path(sys.argv[1]))
