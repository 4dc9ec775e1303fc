"""Whether anything outside the variants of llama.cpp needs a processor with AVX: found by disassembling everything.

    python3 packaging/bundle/instructions.py FOLDER

Some libraries hold AVX code and ask the processor before they run it. Those that were seen to do so are named here;
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
ASK_FIRST = {
    "Qt6Core": "qDetectCpuFeatures decides at run time between SSE2, AVX2 and AVX512 forms of string and colour code",
    "Qt6Gui": "the same, for blending and scaling",
    "crypto": "OpenSSL asks CPUID (OPENSSL_ia32cap) before each of its assembler routines",
    "_rust": "cryptography carries OpenSSL inside",
    "gcrypt": "asks the processor for its features when it is initialised",
    "pixman": "chooses its implementation by the processor's features",
    "zstd": "its BMI2 forms are reached through a check of the processor",
    "jpeg": "the SIMD part of libjpeg-turbo asks the processor first",
    "sqlite3": "none; listed when a distribution builds it with run-time checks",
    "VCRUNTIME140": "memcpy and memset look at __isa_available first",
    "MSVCP140": "vectorised algorithms look at __isa_available first",
    "ucrtbase": "mathematics look at __isa_available first",
    "icu": "none; data only",
}
"""Name (part of the file's name) → how it protects old processors."""

_AVX = re.compile(r"\tv[a-z0-9]+ +[^\n]*%[xyz]mm|%[yz]mm\d")
_LINES = 400_000


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
    return bool(VARIANTS.search(path.name)) or any(name.lower() in path.name.lower() for name in ASK_FIRST)


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
    count = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace"
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            count += bool(_AVX.search(line))
    return count


def main() -> int:
    """List what was found; 1 when something is not known."""
    folder = Path(sys.argv[1])
    unknown = 0
    for path, count in found(folder):
        guard = next((why for name, why in ASK_FIRST.items() if name.lower() in path.name.lower()), "")
        variant = VARIANTS.search(path.name)
        said = "a variant for newer processors" if variant else guard or "NOT KNOWN TO ASK FIRST"
        unknown += not (variant or guard)
        print(f"{count:8,}  {path.relative_to(folder)}: {said}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
