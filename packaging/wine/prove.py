"""``make windows``: builds the Windows program and its setup on Linux, and proves both under Wine.

    python3.11 packaging/wine/prove.py [STEP…]
    python3.11 packaging/wine/prove.py test [FILE OR FOLDER OF TESTS, OPTION OF PYTEST…]

Steps: build, pack, install, portable, look, suite; all of them by default, each needing those before it. Debian or
Ubuntu, root, and the packages that are named when they are missing. The first run takes about 30 minutes; what it
fetches and compiles is kept in the cache. Results lie in ``build/windows``: the setup file, pictures, logs.
``test`` alone needs no step before it and builds no program.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bundle"))

import build
import contents
import facts
import instructions
import llama_wheel
import suite
import windows_python
from box import Box, Look
from llama_wheel import ROOT, BuildFailed, say

import installer

HERE = Path(__file__).resolve().parent
OUT = ROOT / "build" / "windows"
BOX = Path(os.environ.get("WINE_BOX") or llama_wheel.cache() / "windows" / "box")
CHINESE = Look(language="zh_CN.UTF-8", user="张三")
PYTHON = r"P:\python.exe"
PATIENCE = "10"
"""Wine on a busy machine against a real computer."""
MOST_SETUP_BYTES = 60_000_000
NEEDED = {"makensis": "nsis", "osslsigncode": "osslsigncode", "objdump": "binutils", "openssl": "openssl"}


def main(words: Sequence[str]) -> int:
    """Do the steps named, or all; the exit status."""
    if words[:1] == ["test"]:
        return only_tests(words[1:])
    unknown = [word for word in words if word not in STEPS]
    if unknown:
        say(f"There is no step {unknown[0]}; the steps are {', '.join(STEPS)}.")
        return 2
    if missing := [package for tool, package in NEEDED.items() if not shutil.which(tool)]:
        say(f"Some tools are missing. On Debian and Ubuntu: apt-get install {' '.join(missing)}")
        return 1
    try:
        python = windows_python.folder()
        box = Box(BOX, {"p": str(python), "r": f"ro:{ROOT}", "w": str(OUT), "o": f"ro:{HERE}", "s": "size:60M"})
        box.make()
        OUT.mkdir(parents=True, exist_ok=True)
        for name, step in STEPS.items():
            if not words or name in words:
                started = time.monotonic()
                say(f"== {name}")
                step(box)
                say(f"== {name} done in {time.monotonic() - started:.0f} s")
    except (BuildFailed, build.BuildFailed, installer.NotMade) as failure:
        say(str(failure))
        return 1
    return 0


def freeze(box: Box) -> None:
    """The program's folder, made by PyInstaller in the Windows Python."""
    script = r"R:\packaging\build.py"
    words = ("--as-is", "--only", "freeze", "--out", r"W:\dist", "--work", r"W:\work")
    given = {"SOURCE_DATE_EPOCH": str(build.moment()), "PYTHONDONTWRITEBYTECODE": "1"}
    if box.program(PYTHON, script, *words, variables=given):
        raise BuildFailed("The Windows program could not be made; the reason stands above.")
    # Wine has no objdump, so this is looked at from here.
    if wrong := instructions.complaints(OUT / "dist" / facts.NAME):
        raise BuildFailed("; ".join(wrong))


def pack(box: Box) -> None:  # noqa: ARG001 - done without Wine
    """The setup file and the portable zip, signed with a certificate of our own; and a setup of a newer version."""
    with _certificate():
        made = build.pack(program(), OUT, OUT / "work", facts.version(), setup=True, quick=False)
        _verify(next(path for path in made if path.name.endswith("-setup.exe")))
        (OUT / "newer").mkdir(exist_ok=True)
        build.pack(program(), OUT / "newer", OUT / "work", newer(), setup=True, quick=True)
    contents.write_list(program(), facts.version())  # as it was
    for path in made:
        say(f"{path.stat().st_size / 1e6:7.1f} MB  {path}")
    setup = OUT / f"{facts.NAME}-{facts.version()}-setup.exe"
    if setup.stat().st_size > MOST_SETUP_BYTES:
        raise BuildFailed(f"{setup.name} is larger than {MOST_SETUP_BYTES // 1_000_000} MB.")


def install(box: Box) -> None:
    """Install, use, upgrade, damage, interrupt, uninstall; on a Chinese Windows, by a user with a Chinese name."""
    if (box.prefix(CHINESE) / "drive_c/users" / CHINESE.user / "AppData/Local/Programs" / facts.NAME).exists():
        say("A proof that failed has left its program; this Windows is made anew.")
        shutil.rmtree(box.prefix(CHINESE))
    words = [PYTHON, r"R:\packaging\setup_test.py", *setups(), "--read-only", "O:", "--small", "S:"]
    if box.program(*words, "--patience", PATIENCE, look=CHINESE):
        raise BuildFailed("The setup program failed its proof.")


def portable(box: Box) -> None:
    """The portable program, unpacked on a stick with a Chinese name."""
    stick = OUT / "usb 优盘"
    shutil.rmtree(stick, ignore_errors=True)
    with zipfile.ZipFile(OUT / f"{facts.NAME}-{facts.version()}-portable.zip") as archive:
        archive.extractall(stick)
    words = [PYTHON, r"R:\packaging\smoke.py", rf"W:\{stick.name}\{facts.NAME}", "--patience", PATIENCE]
    if box.program(*words, look=CHINESE):
        raise BuildFailed("The portable program failed its proof.")
    shutil.rmtree(stick)


def look(box: Box) -> None:
    """Pictures of the wizard and the window in both languages, at 100 and 150 %; somebody has to look at them."""
    setup, _newer = setups()
    folder = rf"W:\dist\{facts.NAME}\{facts.NAME}.exe"
    for view in (Look(), CHINESE, Look(scale=150)):
        name = f"{view.language[:2]}-{view.scale}"
        opened = rf"{folder} --folder C:\look"
        script = "; ".join((_WAIT_FOR_WINDOW, _picture(setup, f"wizard-{name}"), _picture(opened, f"window-{name}")))
        box.run(script, view)
        for kind in ("wizard", "window"):
            if not (OUT / f"{kind}-{name}.png").exists():
                raise BuildFailed(f"There is no picture of the {kind} ({name}).")


_WAIT_FOR_WINDOW = (
    "seen() { for i in $(seq 300); do xdotool search --onlyvisible --name 'Desktop Agent' && return; sleep 0.3; done; }"
)
_SETTLES_S = 6


def _picture(command: str, name: str) -> str:
    """Shell words that start a Windows program, take its picture, and end all of Windows."""
    started = f"(win {' '.join(map(shlex.quote, command.split()))} || true) &"
    return f"{started} seen; sleep {_SETTLES_S}; shot {drive('w')}/{name}.png; wineserver -k; wait; true"


def tests(box: Box) -> None:
    """The project's own tests of everything below the window, in the Windows Python."""
    suite.run(box, PYTHON, CHINESE)


def only_tests(words: Sequence[str]) -> int:
    """Tests alone, as ``words`` for pytest say; the exit status."""
    try:
        box = Box(BOX, {"p": str(windows_python.folder()), "r": f"ro:{ROOT}"})
        box.make()
        suite.run(box, PYTHON, CHINESE, words)
    except BuildFailed as failure:
        say(str(failure))
        return 1
    return 0


STEPS: dict[str, Callable[[Box], None]] = {
    "build": freeze,
    "pack": pack,
    "install": install,
    "portable": portable,
    "look": look,
    "suite": tests,
}


def program() -> Path:
    """The folder of the Windows program."""
    return OUT / "dist" / facts.NAME


def newer() -> str:
    """A version after the one that is built."""
    one, two, three, _ = facts.four_numbers(facts.version())
    return f"{one}.{two}.{three + 1}"


def setups() -> tuple[str, str]:
    """Both setup files as the box sees them."""
    return (
        rf"W:\{facts.NAME}-{facts.version()}-setup.exe",
        rf"W:\newer\{facts.NAME}-{newer()}-setup.exe",
    )


def drive(letter: str) -> str:
    """Where a drive lies for the box's Linux programs."""
    return f"/shares/{letter}"


class _certificate:  # noqa: N801 - read as a word of a with statement
    """In this block programs are signed: a certificate made here, that nobody trusts and that proves the way."""

    def __enter__(self) -> None:
        place, key = OUT / "test.pem", OUT / "test.key"
        if not place.exists():
            words = ["openssl", "req", "-x509", "-newkey", "rsa:3072", "-sha256", "-nodes", "-days", "3650"]
            uses = ["-addext", "extendedKeyUsage=codeSigning", "-addext", "keyUsage=digitalSignature"]
            names = ["-subj", f"/CN={facts.TITLE} test", *uses, "-keyout", str(key), "-out", str(place)]
            subprocess.run([*words, *names], check=True, capture_output=True, stdin=subprocess.DEVNULL)
        os.environ["SIGN_CERTIFICATE"], os.environ["SIGN_KEY"] = str(place), str(key)

    def __exit__(self, *_error: object) -> None:
        del os.environ["SIGN_CERTIFICATE"], os.environ["SIGN_KEY"]


def _verify(setup: Path) -> None:
    for path in (setup, program() / f"{facts.NAME}.exe"):
        command = ["osslsigncode", "verify", "-CAfile", str(OUT / "test.pem"), "-in", str(path)]
        answer = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        if "Signature verification: ok" not in answer.stdout:
            raise BuildFailed(f"{path.name} has no good signature: {answer.stdout[-400:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
