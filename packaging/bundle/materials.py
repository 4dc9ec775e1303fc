"""What a finished program is made of: the licences that go with it, and the bill of materials (CycloneDX 1.6).

Libraries of pip and of Debian are found from the collected files (``shipped``); what those contain without saying so,
and what no package manager knows, stands here.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import ssl
import sys
import time
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import archives
import facts
import shipped
from shipped import Library

FOLDER = "licences"
"""The folder of the finished program with all licences."""
_TEXTS = facts.ROOT / "resources" / "licences"

# Said otherwise, or not at all, in their own metadata.
_LICENCES = {
    "jieba": "MIT",
    "PySide6_Essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "llama_cpp_python": "MIT",
}
_OWN_TEXTS = {"jieba": ("jieba",), "PySide6_Essentials": ("lgpl-3.0", "gpl-3.0"), "shiboken6": ("lgpl-3.0", "gpl-3.0")}


def hidden(libraries: Iterable[Library]) -> list[Library]:
    """Parts that no package manager lists: inside Python, inside PySide6, inside llama-cpp-python."""
    versions = {library.name: library.version for library in libraries}
    python = ".".join(map(str, sys.version_info[:3]))
    parts = [
        _part("Python", python, "PSF-2.0", "https://www.python.org", "python"),
        _part(
            "Qt", versions.get("PySide6_Essentials", ""), "LGPL-3.0-only", "https://www.qt.io", "lgpl-3.0", "gpl-3.0"
        ),
        _part("OpenSSL", ssl.OPENSSL_VERSION.split()[1], "Apache-2.0", "https://www.openssl.org", "apache-2.0"),
        _part("SQLite", sqlite3.sqlite_version, "blessing", "https://sqlite.org"),
        _part("llama.cpp", versions.get("llama_cpp_python", ""), "MIT", "https://github.com/ggml-org/llama.cpp"),
        _part("PyInstaller bootloader", "", "GPL-2.0-or-later WITH Bootloader-exception", "https://pyinstaller.org"),
        _part("built-in model", facts.version(), "MIT", ""),
    ]
    if facts.on_windows():
        parts += [
            _part(
                "Microsoft Visual C++ runtime", "14", "LicenseRef-Microsoft-redistributable", "https://microsoft.com"
            ),
            _part("GCC runtime and winpthreads", "", "GPL-3.0-or-later WITH GCC-exception-3.1 AND MIT", "", "gpl-3.0"),
        ]
    else:
        parts.append(_part("ICU", "73", "ICU", "https://icu.unicode.org"))
    return parts


def _part(name: str, version: str, licence: str, page: str, *texts: str) -> Library:
    return Library("other", name, version, licence, page, tuple(str(_TEXTS / f"{text}.txt") for text in texts))


def complete(libraries: Iterable[Library]) -> list[Library]:
    """All parts, with the licences that their own metadata leave open."""
    listed = list(libraries)
    known = []
    for library in listed:
        own = tuple(str(_TEXTS / f"{text}.txt") for text in _OWN_TEXTS.get(library.name, ()))
        licence = _LICENCES.get(library.name) or library.licence
        known.append(Library(library.kind, library.name, library.version, licence, library.page, library.texts or own))
    return [*known, *hidden(listed)]


def write_licences(parts: Iterable[Library], program: Path) -> list[str]:
    """Copy every licence into ``program``, with a table of whose it is; the names of parts without any licence."""
    folder = program / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(facts.ROOT / "LICENSE", folder / f"{facts.NAME}.txt")
    rows, without = [], []
    for part in parts:
        names = []
        for number, text in enumerate(part.texts):
            own = Path(text).parent == _TEXTS
            name = Path(text).name if own else _plain(f"{part.name}{f'-{number + 1}' if number else ''}") + ".txt"
            (folder / name).write_bytes(Path(text).read_bytes())
            names.append(name)
        if not names and not part.licence:
            without.append(part.name)
        rows.append(f"| {part.name} | {part.version} | {part.licence or 'see its text'} | {', '.join(names)} |")
    head = f"""# Licences

{facts.TITLE} {facts.version()} is under the MIT licence ({facts.NAME}.txt).
It contains the work of others, each under its own licence. Qt and PySide6 are used under the LGPL 3:
their libraries are files of their own in the folder {facts.CONTENTS}/PySide6 and may be exchanged.

| part | version | licence | text |
|---|---|---|---|
"""
    (folder / "README.md").write_text(head + "\n".join(rows) + "\n", "utf-8", newline="\n")
    return without


def bill(parts: Iterable[Library], program: Path, moment: int) -> dict[str, Any]:
    """The bill of materials of the folder ``program``: its parts, and its libraries and programs with their hashes."""
    listed = list(parts)
    name = f"{facts.NAME}-{facts.version()}-{facts.system_words()}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name + repr(sorted(map(repr, listed))))}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)),
            "component": {
                "type": "application",
                "bom-ref": facts.NAME,
                "name": facts.TITLE,
                "version": facts.version(),
                "licenses": [{"license": {"id": "MIT"}}],
            },
        },
        "components": [*map(_component, listed), *_binaries(program)],
        "dependencies": [{"ref": facts.NAME, "dependsOn": [_reference(part) for part in listed]}],
    }


def _component(part: Library) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "machine-learning-model" if part.name == "built-in model" else "library",
        "bom-ref": _reference(part),
        "name": part.name,
    }
    if part.version:
        made["version"] = part.version
    if part.kind != "other":
        made["purl"] = _reference(part)
    if part.licence:
        # Only names of the SPDX list may be called an id; everything else is words.
        single = re.fullmatch(r"[A-Za-z0-9.+-]+", part.licence) and not part.licence.startswith("LicenseRef")
        known = single and any(digit.isdigit() for digit in part.licence)
        key = "id" if known or part.licence in ("MIT", "ICU", "blessing") else "name"
        made["licenses"] = [{"license": {key: part.licence}}]
    if part.page:
        made["externalReferences"] = [{"type": "website", "url": part.page}]
    return made


def _reference(part: Library) -> str:
    if part.kind == "python":
        return f"pkg:pypi/{re.sub('[-_.]+', '-', part.name).lower()}@{part.version}"
    if part.kind == "deb":
        return f"pkg:deb/debian/{part.name}@{part.version}"
    return f"part:{_plain(part.name)}"


def _binaries(program: Path) -> Iterable[dict[str, Any]]:
    for path in sorted(program.rglob("*")):
        if path.is_file() and not path.is_symlink() and is_binary(path):
            name = path.relative_to(program).as_posix()
            yield {
                "type": "file",
                "bom-ref": f"file:{name}",
                "name": name,
                "hashes": [{"alg": "SHA-256", "content": archives.digest(path)}],
            }


def is_binary(path: Path) -> bool:
    """Whether the file is a program or a library, of either system."""
    with path.open("rb") as file:
        start = file.read(4)
    return start == b"\x7fELF" or start[:2] == b"MZ"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9.+-]+", "-", name)


def main_parts(shipped_list: Path) -> list[Library]:
    """Everything that goes into the licences and the bill."""
    return complete(shipped.read(shipped_list))


def as_text(made: dict[str, Any]) -> str:
    """The bill as it is written to a file."""
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"
