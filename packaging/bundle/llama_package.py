"""llama-cpp-python for Windows as a wheel, from libraries compiled elsewhere (``packaging/wine/llama_dlls.py``).

With it nobody needs a compiler to build the Windows program. It names none of the libraries that only its high-level
part needs, which is never imported.
"""

from __future__ import annotations

import base64
import hashlib
import os
import zipfile
from pathlib import Path

import llama_wheel

NAME = "llama_cpp_python"
TAG = "py3-none-win_amd64"
LICENCES = {"llama-cpp-python.txt": "LICENSE.md", "llama.cpp.txt": "LICENSE-llama.cpp"}
"""File beside the package → its name in the wheel."""
_NEEDS = ("typing_extensions",)


def store_wheel(place: Path) -> None:
    """Put the wheel where the set-up looks for one that is compiled already, unless there is one."""
    if llama_wheel.stored():
        return
    folder = llama_wheel.cache() / "wheels" / llama_wheel.key()
    folder.mkdir(parents=True, exist_ok=True)
    write_wheel(place, folder)


def write_wheel(place: Path, folder: Path) -> Path:
    """Write the wheel of the package in ``place`` into ``folder``; its path.

    Raises:
        FileNotFoundError: ``place`` holds no package with libraries.
    """
    version = llama_wheel.version()
    package, about = place / "llama_cpp", f"{NAME}-{version}.dist-info"
    if not any((package / "lib").glob("*.dll")):
        raise FileNotFoundError(2, "holds no libraries of llama.cpp", str(package / "lib"))
    files = {path.relative_to(place).as_posix(): path.read_bytes() for path in package.rglob("*") if path.is_file()}
    files |= {f"{about}/licenses/{name}": (place / text).read_bytes() for text, name in LICENCES.items()}
    head = ["Metadata-Version: 2.1", "Name: llama_cpp_python", f"Version: {version}", "License: MIT"]
    head += [f"License-File: {name}" for name in LICENCES.values()] + [f"Requires-Dist: {name}" for name in _NEEDS]
    files[f"{about}/METADATA"] = "\n".join([*head, ""]).encode()
    files[f"{about}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: own\nRoot-Is-Purelib: false\nTag: {TAG}\n".encode()
    files[f"{about}/top_level.txt"] = b"llama_cpp\n"
    record = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in sorted(files.items())]
    files[f"{about}/RECORD"] = "\n".join([*record, f"{about}/RECORD,,", ""]).encode()
    target = folder / f"{NAME}-{version}-{TAG}.whl"
    draft = target.with_suffix(f".{os.getpid()}")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            wheel.writestr(zipfile.ZipInfo(name), data)
    draft.replace(target)
    return target


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
