"""llama.cpp as Windows libraries, cross-compiled by mingw-w64 and kept in the cache: one for each family of processors.

They need nothing but Windows itself, and the same libraries go into every Windows program, wherever it is put together.
The source is the one inside llama-cpp-python. Two workarounds are explained where they stand; without the second the
program dies on processors with AVX.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import llama_wheel
from llama_wheel import HOOK, HOOK_VARIABLE, NAME, BuildFailed, say

COMPILER = "x86_64-w64-mingw32"
PACKAGES = "g++-mingw-w64-x86-64-posix gcc-mingw-w64-x86-64-posix cmake ninja-build"

# Debian 12's headers know this only under the name it has for processes; the layout is the same.
_OLD_HEADERS = {
    "THREAD_POWER_THROTTLING_STATE": "PROCESS_POWER_THROTTLING_STATE",
    "THREAD_POWER_THROTTLING_CURRENT_VERSION": "1",
    "THREAD_POWER_THROTTLING_EXECUTION_SPEED": "1",
}
# GCC cannot align the stack of Windows to 32 bytes (GCC bug 54412), so what it saves there with aligned AVX moves
# may fault. The assembler writes them as unaligned ones, which cost nothing on aligned addresses.
_COMPILE = ("-Wa,-muse-unaligned-vector-move",)
# Everything of GCC inside each library; without the second the first library offers _Unwind_Resume to the next, whose
# link then fails. No time of building inside, so that the same source gives the same bytes.
_LINK = ("-static", "-s", "-Wl,--exclude-libs,ALL", "-Wl,--no-insert-timestamp")

OPTIONS = {
    "CMAKE_SYSTEM_NAME": "Windows",
    "CMAKE_SYSTEM_PROCESSOR": "AMD64",
    "CMAKE_C_COMPILER": f"{COMPILER}-gcc-posix",
    "CMAKE_CXX_COMPILER": f"{COMPILER}-g++-posix",
    "CMAKE_RC_COMPILER": f"{COMPILER}-windres",
    "CMAKE_FIND_ROOT_PATH": f"/usr/{COMPILER}",
    "CMAKE_FIND_ROOT_PATH_MODE_PROGRAM": "NEVER",
    "CMAKE_FIND_ROOT_PATH_MODE_LIBRARY": "ONLY",
    "CMAKE_FIND_ROOT_PATH_MODE_INCLUDE": "ONLY",
    "CMAKE_FIND_ROOT_PATH_MODE_PACKAGE": "ONLY",
    "CMAKE_BUILD_TYPE": "Release",
    "BUILD_SHARED_LIBS": "ON",
    "GGML_OPENMP": "OFF",
    "GGML_CCACHE": "OFF",
    "LLAMA_CURL": "OFF",
    "LLAMA_OPENSSL": "OFF",
    "LLAMA_BUILD_COMMON": "OFF",
    "LLAMA_BUILD_TESTS": "OFF",
    "LLAMA_BUILD_TOOLS": "OFF",
    "LLAMA_BUILD_EXAMPLES": "OFF",
    "LLAMA_BUILD_SERVER": "OFF",
    "LLAMA_BUILD_APP": "OFF",
    **llama_wheel.VARIANTS,
}


def key() -> str:
    """The name of these libraries in the cache: version, hook and flags in 16 digits."""
    options = (f"{name}={value}" for name, value in OPTIONS.items())
    parts = (llama_wheel.version(), HOOK.read_text("utf-8"), *_COMPILE, *_LINK, *options)
    return f"{llama_wheel.version()}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:16]}"


def package() -> Path:
    """The folder with ``llama_cpp`` as it belongs into a Windows Python, and its licences; compiled if need be.

    Raises:
        BuildFailed: no mingw-w64, no network, no space.
    """
    place = llama_wheel.cache() / "windows" / key()
    with llama_wheel.locked(
        place.with_name(place.name + ".lock"), "Another build of llama.cpp for Windows runs; waiting for it."
    ):
        if not place.is_dir():
            _build(place)
    return place


def _build(place: Path) -> None:
    if not shutil.which(OPTIONS["CMAKE_CXX_COMPILER"]):
        raise BuildFailed(f"The Windows compiler is missing. On Debian and Ubuntu: apt-get install {PACKAGES}")
    say("Building llama.cpp for Windows once; this takes 4 to 20 minutes…")
    folder = Path(tempfile.mkdtemp(prefix=".building-", dir=place.parent))
    try:
        source = _source(folder / "source")
        build, made = folder / "build", folder / "made"
        # Nothing of the place it was built in gets into the libraries.
        compile_flags = " ".join((*_COMPILE, f"-ffile-prefix-map={folder}=.", *_missing_names()))
        options = OPTIONS | {
            "CMAKE_C_FLAGS": compile_flags,
            "CMAKE_CXX_FLAGS": compile_flags,
            "CMAKE_SHARED_LINKER_FLAGS": " ".join(_LINK),
            "CMAKE_MODULE_LINKER_FLAGS": " ".join(_LINK),
            HOOK_VARIABLE: HOOK.as_posix(),
        }
        llama = source / "vendor" / "llama.cpp"
        log = llama_wheel.cache() / "llama-windows-build.log"
        with log.open("wb") as out:
            given = [f"-D{name}={value}" for name, value in options.items()]
            _call(["cmake", "-S", llama, "-B", build, "-G", "Ninja", *given], out, log)
            targets = ["--target", "llama", "ggml"]
            _call(["cmake", "--build", build, "-j", str(llama_wheel.jobs()), *targets], out, log)
        shutil.copytree(source / "llama_cpp", made / "llama_cpp", ignore=shutil.ignore_patterns("server", "*.pyc"))
        (made / "llama_cpp" / "lib").mkdir(exist_ok=True)
        for library in build.rglob("*.dll"):
            shutil.copy2(library, made / "llama_cpp" / "lib")
        for name in ("LICENSE.md", "LICENSE"):
            if (source / name).exists():
                shutil.copy2(source / name, made / "llama-cpp-python.txt")
        shutil.copy2(llama / "LICENSE", made / "llama.cpp.txt")
        made.rename(place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _source(folder: Path) -> Path:
    """llama-cpp-python's source, unpacked below ``folder``."""
    folder.mkdir()
    wanted = f"{NAME}=={llama_wheel.version()}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-input", "--no-binary", NAME, wanted]
    if subprocess.run([*command, "--dest", str(folder)], stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        raise BuildFailed("The source of llama.cpp could not be downloaded: check the network and try again.")
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    return next(path for path in folder.iterdir() if path.is_dir())


def _missing_names() -> list[str]:
    header = Path("/usr/share/mingw-w64/include/processthreadsapi.h")
    if header.exists() and "THREAD_POWER_THROTTLING_STATE" in header.read_text("utf-8", "replace"):
        return []
    return [f"-D{name}={value}" for name, value in _OLD_HEADERS.items()]


def _call(command: list[object], out: object, log: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("CFLAGS", "CXXFLAGS", "LDFLAGS")}
    words = [str(word) for word in command]
    if subprocess.run(words, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment).returncode:
        last = "".join(log.read_text("utf-8", "replace").splitlines(keepends=True)[-15:])
        raise BuildFailed(f"{last}\nllama.cpp could not be built for Windows. The whole log is {log}.")


if __name__ == "__main__":
    try:
        print(package())
    except BuildFailed as failure:
        sys.exit(str(failure))
