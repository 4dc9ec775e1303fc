"""The llama-cpp-python wheel, compiled once per kind of computer and kept outside the tree.

The package index has only its source. On x86-64 the wheel runs on every processor; elsewhere it is
compiled for this very one and must never be reused on another. After a changed flag it must not be
reused anywhere: its place in the cache is named after all of that. Caches of pip know nothing of
flags and are not used.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOOK = ROOT / "packaging" / "llama" / "lean.cmake"
NAME = "llama-cpp-python"

# No image reader, no OpenSSL, every library in one place.
DEFINES = {
    "LLAVA_BUILD": "OFF",
    "LLAMA_OPENSSL": "OFF",
    "CMAKE_INSTALL_LIBDIR": "llama_cpp/lib",
    "CMAKE_INSTALL_BINDIR": "llama_cpp/lib",
    "CMAKE_INSTALL_INCLUDEDIR": "llama_cpp/include",
}
VARIANTS = {"GGML_NATIVE": "OFF", "GGML_BACKEND_DL": "ON", "GGML_CPU_ALL_VARIANTS": "ON"}
"""The part that computes, once for each family of processors that the hook leaves; one is chosen when it is loaded."""
HOOK_VARIABLE = "CMAKE_PROJECT_llama.cpp_INCLUDE"

JOB_BYTES = 700_000_000
"""One compiler process takes up to 0.68 GB."""

# What a compiler may use unasked. The rest of the flags are matters of the kernel and change with its updates.
_INSTRUCTIONS = re.compile(r"(pni|s?sse|avx|amx|fma|f16c|bmi|abm|lzcnt|popcnt|movbe|gfni|vaes|vpcl|aes|pclmul|sha|adx)")
# Set by someone else for something else, these would change the wheel behind the back of its key.
_FOREIGN = ("CMAKE_ARGS", "SKBUILD_CMAKE_ARGS", "SKBUILD_CMAKE_DEFINE", "CFLAGS", "CXXFLAGS", "LDFLAGS")


class BuildFailed(Exception):
    """The wheel could not be built; the text says why and what to try."""


def cache() -> Path:
    """The folder for what is worth keeping between checkouts."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "DesktopAgent" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "desktop-agent"


def version() -> str:
    """The version of llama-cpp-python that pyproject.toml pins."""
    lines: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    return next(line.partition("==")[2] for line in lines if line.startswith(NAME + "=="))


def for_all_processors() -> bool:
    """Whether the wheel made here runs on every processor of this kind, and not only on the one at hand."""
    return platform.machine().lower() in ("x86_64", "amd64") and sys.platform in ("linux", "win32")


def defines() -> dict[str, str]:
    """What CMake is told. GGML_NATIVE, the build for the processor at hand, is on by default."""
    return DEFINES | VARIANTS if for_all_processors() else DEFINES


def key() -> str:
    """The name of the one wheel that is right here: version, flags, hook, system and processor in 16 digits."""
    parts = [
        version(),
        *(f"{name}={value}" for name, value in defines().items()),
        HOOK.read_text("utf-8"),
        sys.platform,
        platform.machine(),
        "-".join(platform.libc_ver()),
        *(() if for_all_processors() else processor_features()),
    ]
    return f"{version()}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"


def processor_features() -> list[str]:
    """The instruction sets of this processor, sorted; the processor's name where they cannot be listed."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines():
            name, _, values = line.partition(":")
            if name.strip() == "flags":
                return sorted(flag for flag in set(values.split()) if _INSTRUCTIONS.match(flag))
            if name.strip() == "Features":
                return sorted(set(values.split()))
    return [platform.processor()]


def stored() -> Path | None:
    """The wheel for this computer, or None when it has not been built yet."""
    return next((cache() / "wheels" / key()).glob("*.whl"), None)


def wheel(python: Path) -> Path:
    """The wheel for this computer, built with the pip of ``python`` if need be.

    Raises:
        BuildFailed: no compiler, no network, no space.
    """
    if found := stored():
        return found
    with locked(cache() / "wheels" / f"{key()}.lock", "Another set-up is building llama.cpp; waiting for it."):
        return stored() or _build(python)


def _build(python: Path) -> Path:
    place = cache() / "wheels" / key()
    say("Building llama.cpp once; this takes 4 to 20 minutes…")
    started = time.monotonic()
    # Beside its final place, so that one rename makes it visible: whole or not at all.
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=place.parent))
    try:
        _compile(python, folder, log := cache() / "llama-build.log")
        if not list(folder.glob("*.whl")):
            raise BuildFailed(f"pip built no wheel of llama-cpp-python; its log is {log}.")
        folder.chmod(0o755)
        folder.rename(place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    say(f"Built llama.cpp in {time.monotonic() - started:.0f} s; the next set-up finds it in {place}.")
    return next(place.glob("*.whl"))


def _compile(python: Path, folder: Path, log: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    environment["CMAKE_BUILD_PARALLEL_LEVEL"] = str(jobs())
    # Definitions and not CMAKE_ARGS: that is split at spaces, and the path of a checkout may have some.
    given = defines() | {HOOK_VARIABLE: HOOK.as_posix()}
    command = [
        *(str(python), "-m", "pip", "wheel", "--verbose", "--no-deps", "--no-cache-dir", "--no-input"),
        *(f"--config-settings=cmake.define.{name}={value}" for name, value in given.items()),
        *("--no-binary", NAME, "--wheel-dir", str(folder), f"{NAME}=={version()}"),
    ]
    with (
        log.open("w", encoding="utf-8") as file,
        subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        assert process.stdout is not None
        told = 0
        for line in process.stdout:
            file.write(line)
            step = re.match(r"\s*\[(\d+)/(\d+)\]", line)
            percent = int(step[1]) * 100 // int(step[2]) if step else 0
            if percent >= told + 10:
                told = percent // 10 * 10
                say(f"  {told} %")
    if process.returncode:
        last = "".join(log.read_text("utf-8").splitlines(keepends=True)[-15:])
        raise BuildFailed(f"{last}\nllama.cpp could not be built. {_advice(last)} The whole log is {log}.")


def _advice(log: str) -> str:
    if "No space left" in log:
        return "The disk is full: free 2 GB and try again."
    if "ConnectionError" in log or "No matching distribution" in log:
        return "The source could not be downloaded: check the network and try again."
    if sys.platform == "win32":
        return "It needs the Visual Studio Build Tools with “Desktop development with C++”."
    return "It needs a C and a C++ compiler (on Debian and Ubuntu: apt-get install build-essential)."


def jobs() -> int:
    """How many compilers may run at once: one per core, as far as memory goes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with contextlib.suppress(OSError):
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return max(1, min(cores, int(line.split()[1]) * 1024 // JOB_BYTES))
    return max(1, cores // 2)


@contextlib.contextmanager
def locked(path: Path, waiting: str) -> Iterator[None]:
    """Only one process at a time is in this block; says ``waiting`` when it is not the first.

    The system lets go of the lock when a process dies, however it dies.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not _try_lock(file.fileno()):
            say(waiting)
            while not _try_lock(file.fileno()):
                time.sleep(0.5)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def say(text: str) -> None:
    """Tell the developer something; standard output belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def compiler_missing() -> bool:
    """Whether a build would find no compiler; on Windows CMake looks for it in places of its own."""
    if sys.platform == "win32":
        return False
    c = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    cxx = os.environ.get("CXX") or shutil.which("c++") or shutil.which("g++") or shutil.which("clang++")
    return not (c and cxx)
