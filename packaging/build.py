"""The programs people install: ``py packaging/build.py`` on Windows, ``python3 packaging/build.py`` on Linux.

Into ``dist/``: the program's folder, on Windows the setup and the portable zip, on Linux the tarball; with each the
bill of materials, and one list of SHA-256 sums for all. The same source at the same commit gives the same bytes.

The Python it runs on only steers; PyInstaller runs in the environment of ``packaging/set_up.py``, or with ``--as-is``
in this very Python, which then must have everything.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent / "bundle"))

import archives
import contents
import facts
import instructions
import llama_package
import llama_wheel
import materials
import version_resource
import virtual_environment
from llama_wheel import say

import installer

GROUPS = ("build",)
MOST_MEGABYTES = 180
"""What an installation may take."""
MODULES = (
    *("aiohttp", "jieba.finalseg", "jinja2", "keyring", "llama_cpp.llama_cpp", "pypdf", "qasync"),
    *("snowballstemmer.english_stemmer", "tenacity"),
    *(("keyring.backends.Windows", "win32ctypes.pywin32.win32cred") if facts.on_windows() else ("secretstorage",)),
)
"""Loaded late and by few, so that a start would not notice that they were forgotten."""
PORTABLE_MARK = "portable.txt"
_PORTABLE_TEXT = (
    'This file makes Desktop Agent keep everything in the folder "data" beside it.\r\n'
    "有了这个文件，Desktop Agent 会把所有内容保存在旁边的“data”文件夹中。\r\n"
)


def main() -> int:
    """Build; the exit status."""
    parser = argparse.ArgumentParser(description="Makes the programs people install.")
    parser.add_argument("--out", type=Path, default=facts.DIST, help="where they go; dist/ by default")
    parser.add_argument("--work", type=Path, default=facts.BUILD, help="for what is made in between; build/bundle")
    parser.add_argument("--as-is", action="store_true", help="use this Python and the libraries it has")
    parser.add_argument("--llama", type=Path, help="what packaging/wine/llama_dlls.py made; no compiler then")
    parser.add_argument("--only", choices=("freeze", "pack"), help="the program's folder only, or all but that")
    parser.add_argument("--no-setup", action="store_true", help="no setup file (it needs makensis)")
    parser.add_argument("--quick", action="store_true", help="a setup file that is larger and made in seconds")
    parser.add_argument("--version", default=facts.version(), help=argparse.SUPPRESS)  # tests of upgrades
    chosen = parser.parse_args()
    started = time.monotonic()
    try:
        program = chosen.out / facts.NAME
        if chosen.only != "pack":
            freeze(_python(as_is=chosen.as_is, llama=chosen.llama), program, chosen.work, chosen.version, chosen.llama)
        if chosen.only != "freeze":
            made = pack(program, chosen.out, chosen.work, chosen.version, setup=not chosen.no_setup, quick=chosen.quick)
            for path in made:
                say(f"{path.stat().st_size / 1e6:7.1f} MB  {path}")
    except OSError as error:
        say(f"{error.filename or 'The disk'}: {error.strerror or error}.")
        return 1
    except (BuildFailed, virtual_environment.SetUpFailed, llama_wheel.BuildFailed, installer.NotMade) as failure:
        say(str(failure))
        return 1
    say(f"Done in {time.monotonic() - started:.0f} s.")
    return 0


class BuildFailed(Exception):
    """A program could not be made, or is not as it should be; the text says why."""


def moment() -> int:
    """The one time that everything bears: of the last commit, or as SOURCE_DATE_EPOCH says."""
    if said := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(said)
    command = ["git", "-C", str(facts.ROOT), "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return int(answer.stdout)
    except (OSError, ValueError):
        return 1_700_000_000  # no checkout


def _python(*, as_is: bool, llama: Path | None) -> Path:
    if as_is:
        return Path(sys.executable)
    if llama is not None and facts.on_windows():
        llama_package.store_wheel(llama)
    if not virtual_environment.ready(GROUPS):
        virtual_environment.fill(GROUPS)
    return virtual_environment.PYTHON


# -- the program's folder ---------------------------------------------------------------------------------------------


def freeze(python: Path, program: Path, work: Path, version: str, llama: Path | None) -> None:
    """Make the folder ``program``, whole and checked."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _call(python, facts.HERE / "icons.py", work)
    for name in facts.programs():
        plain = name.removesuffix(".exe")
        (work / f"{plain}.version").write_text(version_resource.version_resource(name, version), "utf-8")
    _unpack_signatures(python, work)
    _call(
        python,
        *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", program.parent, "--workpath", work),
        facts.HERE / "desktop-agent.spec",
        # The order of sets decides the order of what is collected; the time goes into the headers of programs.
        BUNDLE_BUILD=str(work),
        PYTHONHASHSEED="0",
        SOURCE_DATE_EPOCH=str(moment()),
    )
    if llama is not None:
        _replace_llama(program / facts.CONTENTS / "llama_cpp" / "lib", llama / "llama_cpp" / "lib")
    if not facts.on_windows():
        _strip(program)
        _add_desktop_entry(program, work)
    parts = materials.main_parts(work / "shipped.json")
    if without := materials.write_licences(parts, program):
        raise BuildFailed(f"No licence is known of: {', '.join(without)}. Add it in packaging/bundle/materials.py.")
    bill = materials.as_text(materials.bill(parts, program, moment()))
    (program / materials.FOLDER / "bill-of-materials.cdx.json").write_text(bill, "utf-8", newline="\n")
    contents.write_list(program, version)
    check(program, work)
    _report(program, work)


def _unpack_signatures(python: Path, work: Path) -> None:
    """Do once what PySide6 would do at each start of the program: unpack and compile its signature module."""
    question = "import PySide6.QtCore, shiboken6; print(*shiboken6.__path__)"
    answer = _call(python, "-c", question, SBK_EMBED="0", capture=True)
    shutil.copytree(
        Path(answer.strip()) / "files.dir", work / "files.dir", ignore=shutil.ignore_patterns("__pycache__")
    )
    # Compiled files that do not ask for the time of their source: an archive changes it.
    _call(python, "-m", "compileall", "-q", "-s", work, "--invalidation-mode", "unchecked-hash", work / "files.dir")


def _replace_llama(target: Path, source: Path) -> None:
    if not any(source.glob("*.dll" if facts.on_windows() else "*.so")):
        raise BuildFailed(f"{source} holds no libraries of llama.cpp.")
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def _strip(program: Path) -> None:
    """Take the names for debuggers out of Python's own libraries: 15 MB when Python was compiled by hand."""
    if shutil.which("strip"):
        places = [*(program / facts.CONTENTS).glob("libpython*"), *(program / facts.CONTENTS).glob("python3*/**/*.so")]
        subprocess.run(["strip", "--strip-unneeded", *map(str, places)], stdin=subprocess.DEVNULL)


def _add_desktop_entry(program: Path, work: Path) -> None:
    shutil.copyfile(work / "program.png", program / f"{facts.COMMAND}.png")
    for name in (f"{facts.COMMAND}.desktop", "install.sh"):
        shutil.copyfile(facts.HERE / "linux" / name, program / name)
        (program / name).chmod(0o755)


def check(program: Path, work: Path) -> None:
    """Raise ``BuildFailed`` when the folder is not what it should be."""
    wrong = [f"{name} is missing" for name in facts.programs() if not (program / name).exists()]
    collected = (work / facts.COMMAND / "PYZ-00.toc").read_text("utf-8")
    wrong += [f"the module {name} is missing" for name in MODULES if f"'{name}'" not in collected]
    inside = program / facts.CONTENTS
    if facts.on_windows():
        # Windows looks beside the library that needs it; on a fresh computer there is no other.
        found = {path.name.lower() for path in inside.rglob("*.dll")}
        wrong += [f"{name} is missing" for name in ("vcruntime140.dll", "msvcp140.dll") if name not in found]
    variants = [path.name for path in (inside / "llama_cpp" / "lib").iterdir() if "ggml-cpu-" in path.name]
    if not any("-x64" in name for name in variants):
        wrong.append(f"llama.cpp runs on new processors only; its variants are {variants}")
    if not (inside / "resources" / "models" / "guide.gguf").exists():
        wrong.append("the built-in model is missing")
    megabytes = sum(contents.read_list(program)[1].values()) / 1e6
    if megabytes > MOST_MEGABYTES:
        wrong.append(f"it takes {megabytes:.0f} MB, more than {MOST_MEGABYTES}")
    wrong += instructions.complaints(program)
    if wrong:
        raise BuildFailed("The program is not as it should be: " + "; ".join(wrong))


def _report(program: Path, work: Path) -> None:
    sizes = contents.read_list(program)[1]
    say(f"{program}: {len(sizes)} files, {sum(sizes.values()) / 1e6:.1f} MB. Left out:")
    for what, saved in json.loads((work / "left-out.json").read_text("utf-8")).items():
        if saved:
            say(f"{saved / 1e6:7.1f} MB  {what}")


# -- what is handed out -----------------------------------------------------------------------------------------------


def pack(program: Path, out: Path, work: Path, version: str, *, setup: bool, quick: bool) -> list[Path]:
    """Pack the folder ``program`` for people; the files made, the list of sums last."""
    name = f"{facts.NAME}-{version}"
    windows = (program / f"{facts.NAME}.exe").exists()
    made = []
    if windows:
        installer.sign_programs(program)
        # A signature makes a program longer; and the list says which version it is.
        contents.write_list(program, version)
        portable = out / f"{name}-portable.zip"
        marks = [(PORTABLE_MARK, _PORTABLE_TEXT.encode("utf-8-sig"))]
        archives.write_zip(portable, program, facts.NAME, moment(), marks)
        made.append(portable)
        if setup:
            target = out / f"{name}-setup.exe"
            installer.make(program, target, work, version, quick=quick)
            made.append(target)
    else:
        tarball = out / f"{name}-{facts.system_words()}.tar.gz"
        archives.write_tar(tarball, program, facts.NAME, moment())
        made.append(tarball)
    bill = out / f"{name}-{'windows-x86_64' if windows else facts.system_words()}.cdx.json"
    shutil.copyfile(program / materials.FOLDER / "bill-of-materials.cdx.json", bill)
    made.append(bill)
    sums = out / "SHA256SUMS"
    sums.write_text(archives.sums(made), "utf-8", newline="\n")
    return [*made, sums]


def _call(python: Path, *words: object, capture: bool = False, **variables: str) -> str:
    """Run ``python`` from the project's root; what it printed, when that is wanted."""
    command: Sequence[str] = [str(python), *map(str, words)]
    environment = os.environ | {"PYTHONPATH": str(facts.ROOT)} | variables
    ended = subprocess.run(
        command, cwd=facts.ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    if not capture:
        sys.stderr.write(ended.stdout)
    if ended.returncode:
        raise BuildFailed(f"{' '.join(command[:4])} … ended with {ended.returncode}; what it said stands above.")
    return ended.stdout


if __name__ == "__main__":
    sys.exit(main())
