"""Whether anything outside the variants of llama.cpp needs a processor with AVX: found by disassembling everything.

    python3 packaging/bundle/instructions.py FOLDER

Some libraries hold AVX code and ask the processor before they run it. Those are named here, with how that is known;
any other finding is a complaint. Needs objdump, which reads the files of both systems; without it nothing is checked,
and the caller is told.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from llama_wheel import say
from materials import is_binary

VARIANTS = re.compile(r"ggml-cpu-(?!x64|sse42)\w+\.(dll|so)$")
"""The parts that are made for newer processors, and loaded only there."""
_STL = "Microsoft's std::find, count and reverse test a bit of __isa_enabled right before their AVX2 loop"
_CRT = "strnlen and wcsnlen ask __isa_available for AVX2, memcpy and memset for AVX; mathematics a flag from CPUID"
_TOLD = "; its makers say so, nobody read it here"
ASK_FIRST = {
    "Qt6Core": "the hash of strings (VAES) and the 16-bit floats test a bit of Qt's word of features; one std::count",
    "Qt6Gui": "drawing code takes AVX2 forms only where all bits of a Haswell are there; one loop as in sqlite3",
    "Qt6Widgets.dll": _STL,
    "QtGui.pyd": _STL,
    "qmodernwindowsstyle.dll": _STL,
    "shiboken6.abi3.dll": _STL,
    "sqlite3.dll": "its one loop is behind a comparison of __isa_available with 6, AVX-512",
    "VCRUNTIME140": "memcpy and memset ask __isa_available; Windows itself puts in two more forms, from a table"
    " of overrides by processor (dynamic relocation 7)",
    "DesktopAgent.exe": _CRT,
    "desktop-agent.exe": _CRT,
    "libcrypto": "OPENSSL_ia32cap is tested before 19 of the 35 routines; the others are reached from C code"
    " that was not followed, and OpenSSL's makers say the same of them",
    "_rust": "cryptography carries OpenSSL inside" + _TOLD,
    "MSVCP140": "those that were shipped so far hold none; the C++ library asks as the C runtime does" + _TOLD,
    "ucrtbase": "mathematics and memcpy ask as in the programs" + _TOLD,
    "libgcrypt": "asks the processor for its features when it is initialised" + _TOLD,
}
"""Start of a file's name → how it protects old processors.

Read in the disassembly of the Windows files, with Qt 6.8, Python 3.11 and OpenSSL 3, unless it says otherwise; newer
ones may differ. Of the Linux files nobody read any: that program was run on an emulated Nehalem, which has no AVX.
"""

NEAR = 12
"""Lines. An AVX instruction without another one this near is data that was read as code."""

_AVX = re.compile(r"\tv[a-z0-9]+ +[^\n]*%[xyz]mm|%[yz]mm\d")


def complaints(program: Path) -> list[str]:
    """Sentences about files below ``program`` that hold AVX code nobody is known to guard."""
    if not shutil.which("objdump"):
        say("objdump is missing, so nobody looked whether the program needs AVX (package binutils).")
        return []
    return [
        f"{path.relative_to(program)} holds {count} AVX instructions"
        for path, count in found(program)
        if not known(path)
    ]


def known(path: Path) -> bool:
    """Whether the file is a variant, or asks the processor before it uses AVX."""
    return bool(VARIANTS.search(path.name)) or _guard(path) is not None


def _guard(path: Path) -> str | None:
    plain = path.name.removeprefix("lib") if "Qt6" in path.name else path.name
    return next((why for name, why in ASK_FIRST.items() if plain.lower().startswith(name.lower())), None)


def found(program: Path) -> list[tuple[Path, int]]:
    """Every program and library below ``program`` with AVX instructions, and how many."""
    files = [
        path for path in sorted(program.rglob("*")) if path.is_file() and not path.is_symlink() and is_binary(path)
    ]
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return [(path, count) for path, count in zip(files, threads.map(avx, files), strict=True) if count]


def avx(path: Path) -> int:
    """How many AVX instructions the code in ``path`` has."""
    command = ["objdump", "--disassemble", "--no-show-raw-insn", str(path)]
    count, last, alone = 0, -NEAR, False
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace"
    ) as child:
        assert child.stdout is not None
        for number, line in enumerate(child.stdout):
            if not _AVX.search(line):
                continue
            near = number - last < NEAR
            count += 1 + alone if near else 0
            last, alone = number, not near
    return count


def main() -> int:
    """List what was found; 1 when something is not known."""
    folder = Path(sys.argv[1])
    unknown = 0
    for path, count in found(folder):
        guard = _guard(path)
        variant = VARIANTS.search(path.name)
        said = "a variant for newer processors" if variant else guard or "NOT KNOWN TO ASK FIRST"
        unknown += not (variant or guard)
        print(f"{count:8,}  {path.relative_to(folder)}: {said}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
