"""Libraries that nothing needs any more once the files of ``leave_out`` are gone.

PyInstaller collects what a plugin needs before the plugin is left out: GTK alone brings 20 libraries along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

Entry: TypeAlias = tuple[str, str, str]
"""Of PyInstaller: place in the finished program, source, kind."""


def without_orphans(
    entries: Iterable[Entry], imports: Callable[[str], Iterable[str]], loaded: Callable[[str], bool]
) -> Iterator[Entry]:
    """Those of ``entries`` that are ``loaded`` by name, and all that these need.

    ``imports`` names the libraries a file is linked with; ``loaded`` says whether the program itself, Python or Qt
    opens a place.
    """
    listed = list(entries)
    by_name: dict[str, list[Entry]] = {}
    for entry in listed:
        by_name.setdefault(_name(entry[0]), []).append(entry)
    wanted: set[str] = set()
    waiting = [entry for entry in listed if loaded(entry[0].replace("\\", "/"))]
    while waiting:
        entry = waiting.pop()
        if entry[0] in wanted:
            continue
        wanted.add(entry[0])
        if Path(entry[1]).is_file():
            waiting += [other for name in imports(entry[1]) for other in by_name.get(_name(name), ())]
    return (entry for entry in listed if entry[0] in wanted)


def _name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].lower()
