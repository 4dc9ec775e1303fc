"""Proves the setup program on Windows or Wine: installs, uses, upgrades, damages, interrupts, uninstalls.

    py packaging/setup_test.py SETUP.exe NEWER-SETUP.exe [--read-only DRIVE] [--small DRIVE]

Works on the account it runs under, which must not have the program; ``LOCALAPPDATA`` and the registry are looked at
before and after. Needs nothing but Python 3.11 for Windows. On a computer that is used for anything else, its own data
folder is moved aside first and put back.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "bundle"))

import contents
import facts

if sys.platform != "win32":
    sys.exit("The setup program runs on Windows only; make windows runs this under Wine.")

import ctypes

from registry_and_windows import Decoy, close, key_exists, press_ok, special_folder, value, wait_for, windows_of

NEWER, RUNNING, NO_ROOM, NOT_WRITABLE, NOT_ALONE = 3, 5, 6, 7, 8
"""How the setup program says no; see installer/desktop-agent.nsi."""
LONGEST_S = 600.0
CLASSES = r"Software\Classes"
KEYS = (
    rf"Software\{facts.NAME}",
    rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{facts.NAME}",
    rf"{CLASSES}\{facts.NAME}.gguf",
    rf"{CLASSES}\.gguf",
)


class Wrong(Exception):
    """The setup program did not do what it should; the text says what."""


class Proof:
    """The two setup programs, the account they are tried on, and how long things took."""

    def __init__(self, setup: Path, newer: Path, smoke: list[str]) -> None:
        self.setup, self.newer, self._smoke = setup, newer, smoke
        self.local = Path(os.environ["LOCALAPPDATA"])
        self.usual = self.local / "Programs" / facts.NAME
        self.data = self.local / facts.NAME
        self.seconds: dict[str, float] = {}

    def install(self, setup: Path, *words: str, folder: str = "") -> tuple[int, str]:
        """Exit status and what was said. ``folder`` comes last and without quotes, as NSIS wants it."""
        place = f" /D={folder}" if folder else ""
        return self._run(f'"{setup}" /S {" ".join(words)}{place}')

    def uninstall(self, folder: Path, *words: str) -> tuple[int, str]:
        """The same for the uninstaller in ``folder``; it goes on as a copy of itself, for which see ``gone``."""
        return self._run(f'"{folder}\\uninstall.exe" /S {" ".join(words)}')

    def uninstall_in_place(self, folder: Path) -> tuple[int, str]:
        """The same without a copy, so that its status can be had; then it could not delete itself."""
        return self._run(f'"{folder}\\uninstall.exe" /S _?={folder}')

    def _run(self, command: str) -> tuple[int, str]:
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as child:
            out, _ = child.communicate(timeout=LONGEST_S)
        return child.returncode, out.decode("utf-8", "replace").strip()

    def gone(self, folder: Path) -> None:
        """Wait until the uninstaller, which goes on as a copy of itself, is done with ``folder``."""
        until = time.monotonic() + 120
        while (folder / "uninstall.exe").exists() and time.monotonic() < until:
            time.sleep(0.1)
        until = time.monotonic() + 10
        while any(key_exists(key) for key in KEYS[:3]) and time.monotonic() < until:
            time.sleep(0.1)

    def program(self, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run the installed program for the terminal."""
        command = [str(folder / f"{facts.COMMAND}.exe"), *words]
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=LONGEST_S)

    def doctor(self, folder: Path) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.program(folder, "--json", "doctor").stdout)
        return found

    def smoke(self, folder: Path) -> None:
        """Use the installed program, in a process of its own."""
        script = Path(__file__).resolve().parent / "smoke.py"
        command = [sys.executable, str(script), str(folder), *self._smoke]
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=20 * LONGEST_S)
        print("  " + ended.stdout.decode("utf-8", "replace").replace("\n", "\n  ").strip(), flush=True)
        expect(ended.returncode == 0, "the smoke test failed")

    def shortcuts(self) -> dict[str, bool]:
        """Which of the two there are."""
        menu, desktop = special_folder(0x02), special_folder(0x10)
        name = f"{facts.TITLE}.lnk"
        return {"menu": (menu / name).exists(), "desktop": (desktop / name).exists()}


# -- the steps --------------------------------------------------------------------------------------------------------


def installs_silently(proof: Proof) -> None:
    started = time.monotonic()
    status, said = proof.install(proof.setup)
    proof.seconds["silent install"] = time.monotonic() - started
    expect(status == 0, f"the setup ended with {status}: {said}")
    version, sizes = contents.read_list(proof.usual)
    wrong = [name for name, size in sizes.items() if not is_file(proof.usual / name, size)]
    expect(wrong == [], f"not installed: {wrong[:5]}")
    expect(value(KEYS[1], "DisplayVersion") == version, "Windows lists another version")
    expect(value(KEYS[1], "UninstallString") == f'"{proof.usual}\\uninstall.exe"', "how to uninstall it")
    expect(proof.shortcuts() == {"menu": True, "desktop": False}, f"shortcuts {proof.shortcuts()}")
    opens = value(rf"{KEYS[2]}\shell\open\command", "")
    expect(opens == f'"{proof.usual}\\{facts.NAME}.exe" "%1"', f".gguf is opened by {opens}")
    expect(value(KEYS[3], "") == f"{facts.NAME}.gguf", ".gguf has another owner")


def works(proof: Proof) -> None:
    proof.smoke(proof.usual)


def keeps_its_data_at_the_usual_place(proof: Proof) -> None:
    added = proof.program(proof.usual, "memory", "add", "My sister's name is Li Na.")
    expect(added.returncode == 0, f"memory add: {added.stderr!r}")
    found = proof.doctor(proof.usual)
    expect(Path(found["folder"]) == proof.data and found["notes"] == 1, f"data in {found['folder']}")


def is_not_touched_while_it_runs(proof: Proof) -> None:
    command = [str(proof.usual / f"{facts.NAME}.exe")]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as child:
        window = opened(child)
        refused = {"setup": proof.install(proof.setup), "uninstaller": proof.uninstall_in_place(proof.usual)}
        for what, (status, said) in refused.items():
            expect(status == RUNNING and facts.TITLE in said, f"the {what} ended with {status} and said {said!r}")
        expect(child.poll() is None, "the program was ended")
        expect((proof.usual / f"{facts.NAME}.exe").exists() and key_exists(KEYS[1]), "it was taken away while it ran")
        started = time.monotonic()
        close(window)
        child.wait(60)
        proof.seconds["closing"] = time.monotonic() - started


def is_alone(proof: Proof) -> None:
    """While another setup is open, neither a setup nor the uninstaller begins."""
    held = ctypes.windll.kernel32.CreateMutexW(None, False, f"{facts.NAME}.setup")
    for what, (status, said) in (
        ("setup", proof.install(proof.newer)),
        ("uninstaller", proof.uninstall_in_place(proof.usual)),
    ):
        expect(status == NOT_ALONE and facts.TITLE in said, f"the {what} ended with {status} and said {said!r}")
    ctypes.windll.kernel32.CloseHandle(held)
    expect(key_exists(KEYS[1]), "it was taken away")


def asks_before_it_closes_a_running_program(proof: Proof) -> None:
    """The wizard as a person uses it: Next, Next, Install, OK, Finish; a window of the same name elsewhere stays."""
    command = [str(proof.usual / f"{facts.NAME}.exe")]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as child, Decoy(facts.TITLE) as decoy:
        opened(child)
        with subprocess.Popen([str(proof.setup)], stdin=subprocess.DEVNULL) as wizard:
            asked: list[str] = []
            wait_for(lambda: asked.append(press_ok(wizard.pid)) or wizard.poll() is not None, LONGEST_S)
            expect(wizard.poll() == 0, f"the wizard ended with {wizard.poll()} after {asked[-1:]}")
        question = next((said for said in asked if f"{facts.TITLE} is running" in said or "正在运行" in said), "")
        expect(question != "", f"it did not ask whether it may close the program: {asked}")
        expect(child.wait(10) == 0, "the program was not closed")
        expect(not decoy.asked_to_close, "a window of another program was asked to close")
    started = wait_for(lambda: find_window(), 120)  # by the tick on the last page
    expect(started != 0, "the wizard did not start the program")
    close(started)
    expect(wait_for(lambda: not find_window(), 60), "the program that the wizard started did not end")
    wait_for(lambda: can_be_written(proof.usual / f"{facts.NAME}.exe"), 30)


def opened(child: subprocess.Popen[bytes]) -> int:
    """The window of a program that was started."""
    window = wait_for(lambda: windows_of(child.pid, facts.TITLE) or child.poll() is not None, 120)
    expect(isinstance(window, list), "the window did not open")
    return int(window[0])


def find_window() -> int:
    return int(ctypes.windll.user32.FindWindowW(None, facts.TITLE))


def can_be_written(file: Path) -> bool:
    """Whether no program runs from it any more."""
    try:
        file.open("r+b").close()
    except OSError:
        return False
    return True


def is_upgraded_with_everything_kept(proof: Proof) -> None:
    stranger = proof.usual / "my notes.txt"
    stranger.write_text("mine", "utf-8")
    old_part = proof.usual / facts.CONTENTS / "old part.dll"
    old_part.write_bytes(b"old")
    with contents.list_path(proof.usual).open("a", encoding="ascii", newline="\n") as file:
        file.write(f"3\t{facts.CONTENTS}/old part.dll\n")
        file.write("1\t../../outside.txt\n")
    outside = proof.usual.parent.parent / "outside.txt"
    outside.write_text("x", "utf-8")
    status, said = proof.install(proof.newer, "/DESKTOP=1")
    expect(status == 0, f"the upgrade ended with {status}: {said}")
    expect(stranger.read_text("utf-8") == "mine", "a file of the user is gone")
    expect(not old_part.exists(), "a part of the old version is still there")
    expect(outside.exists(), "a file outside of the program's folder was deleted")
    outside.unlink()
    expect(value(KEYS[1], "DisplayVersion") == contents.read_list(proof.usual)[0], "the version in the list")
    expect(proof.shortcuts() == {"menu": True, "desktop": True}, f"shortcuts {proof.shortcuts()}")
    found = proof.doctor(proof.usual)
    expect(found["notes"] == 1 and found["program_whole"] is True, f"after the upgrade: {found['troubles']}")


def refuses_an_older_version(proof: Proof) -> None:
    before = contents.read_list(proof.usual)[0]
    status, said = proof.install(proof.setup)
    expect(status == NEWER, f"the older setup ended with {status}")
    expect(before in said and facts.TITLE in said, f"it said {said!r}")
    expect(contents.read_list(proof.usual)[0] == before, "the newer version is gone")


def names_what_is_missing_and_is_repaired(proof: Proof) -> None:
    lost = proof.usual / facts.CONTENTS / "PySide6" / "plugins" / "platforms" / "qwindows.dll"
    lost.unlink()
    found = proof.doctor(proof.usual)
    told = [trouble["message"] for trouble in found["troubles"]]
    expect(any("qwindows.dll" in one for one in told), f"it complained of {told}")
    missing = proof.usual / facts.CONTENTS / "PySide6" / "QtWidgets.pyd"
    missing.unlink()
    window = subprocess.run([str(proof.usual / f"{facts.NAME}.exe")], capture_output=True, stdin=subprocess.DEVNULL)
    expect(window.returncode == 1 and b"QtWidgets.pyd" in window.stderr, f"the window said {window.stderr!r}")
    status, said = proof.install(proof.newer)
    expect(status == 0 and proof.doctor(proof.usual)["program_whole"] is True, f"not repaired: {said}")


def survives_an_interruption(proof: Proof) -> None:
    """The setup is ended in the middle; what is left can be named, uninstalled, or installed again."""
    with subprocess.Popen(f'"{proof.newer}" /S', stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as child:
        core = proof.usual / facts.CONTENTS / "PySide6" / "Qt6Core.dll"
        # First it takes the old files away, then it brings new ones.
        wait_for(lambda: not core.exists() or child.poll() is not None, 60)
        wait_for(lambda: core.exists() or child.poll() is not None, 60)
        child.kill()
        child.wait()
    time.sleep(0.5)
    left = (proof.usual / "uninstall.exe").exists() and contents.list_path(proof.usual).exists()
    expect(left, "an interrupted setup left no way to uninstall it")
    status, said = proof.install(proof.newer)
    expect(status == 0 and proof.doctor(proof.usual)["program_whole"] is True, f"not installed again: {said}")


def uninstalls_and_keeps_the_data(proof: Proof) -> None:
    started = time.monotonic()
    status, said = proof.uninstall(proof.usual)
    proof.gone(proof.usual)
    proof.seconds["silent uninstall"] = time.monotonic() - started
    expect(status == 0, f"the uninstaller ended with {status}: {said}")
    left = sorted(path.relative_to(proof.usual).as_posix() for path in proof.usual.rglob("*"))
    expect(left == ["my notes.txt"], f"left in the folder: {left[:10]}")
    (proof.usual / "my notes.txt").unlink()
    proof.usual.rmdir()
    expect((proof.data / "agent.db").exists(), "the conversations are gone")
    nothing_left(proof)


def goes_to_a_folder_in_chinese(proof: Proof) -> None:
    """With a setup file that was renamed, and conversations deleted at the end."""
    home = Path(os.environ["TEMP"]) / "测试 目录"
    home.mkdir(exist_ok=True)
    renamed = home / "安装 程序.exe"
    shutil.copyfile(proof.setup, renamed)
    folder = home / "桌面 助手"
    status, said = proof.install(renamed, "/GGUF=0", folder=str(folder))
    expect(status == 0, f"the setup ended with {status}: {said}")
    expect(not key_exists(KEYS[2]), ".gguf was not wanted")
    found = proof.doctor(folder)
    expect(found["well"] is True and found["notes"] == 1, f"there: {found['troubles']}")
    proof.smoke(folder)
    status, said = proof.uninstall(folder, "/PURGE")
    proof.gone(folder)
    wait_for(lambda: not proof.data.exists(), 10)
    expect(not folder.exists(), f"left: {sorted(folder.rglob('*'))[:5] if folder.exists() else ''}")
    expect(not proof.data.exists(), "the conversations are still there")
    renamed.unlink()
    home.rmdir()
    nothing_left(proof)


def nothing_left(proof: Proof) -> None:
    expect([key for key in KEYS if key_exists(key)] == [], "keys in the registry are left")
    expect(proof.shortcuts() == {"menu": False, "desktop": False}, "shortcuts are left")


def refuses(proof: Proof, drive: str, expected: int) -> None:
    """A drive on which it cannot be installed: it says why, and nothing is begun."""
    folder = Path(f"{drive}\\{facts.NAME}")
    status, said = proof.install(proof.setup, folder=str(folder))
    expect(status == expected, f"on {drive} the setup ended with {status}, not {expected}: {said}")
    expect(str(folder) in said, f"it said {said!r}")
    expect(not folder.exists() and not key_exists(KEYS[1]), "it began all the same")


STEPS: tuple[Callable[[Proof], None], ...] = (
    installs_silently,
    works,
    keeps_its_data_at_the_usual_place,
    is_not_touched_while_it_runs,
    is_alone,
    asks_before_it_closes_a_running_program,
    is_upgraded_with_everything_kept,
    refuses_an_older_version,
    names_what_is_missing_and_is_repaired,
    survives_an_interruption,
    uninstalls_and_keeps_the_data,
    goes_to_a_folder_in_chinese,
)


def is_file(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size


def expect(good: bool, what: str) -> None:
    """Raise ``Wrong`` unless ``good``."""
    if not good:
        raise Wrong(what)


def main() -> int:
    """Go through the steps; 1 and what was wrong when one fails."""
    parser = argparse.ArgumentParser(description="Proves the setup program.")
    parser.add_argument("setup", type=Path)
    parser.add_argument("newer", type=Path)
    parser.add_argument("--read-only", help="a drive that cannot be written, as O:")
    parser.add_argument("--small", help="a drive with too little room, as S:")
    parser.add_argument("--patience", default="1", help="times as long as a real computer it may take")
    chosen = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    proof = Proof(chosen.setup.resolve(), chosen.newer.resolve(), ["--patience", chosen.patience])
    if proof.usual.exists() or key_exists(KEYS[1]):
        print("The program is installed on this account already; uninstall it first.")
        return 1
    aside = proof.data.with_name(f"{facts.NAME} aside")
    if proof.data.exists():
        proof.data.rename(aside)
    steps: list[tuple[str, Callable[[], None]]] = [(step.__name__, lambda step=step: step(proof)) for step in STEPS]
    if chosen.read_only:
        steps.append(("refuses a drive that cannot be written", lambda: refuses(proof, chosen.read_only, NOT_WRITABLE)))
    if chosen.small:
        steps.append(("refuses a drive that is too small", lambda: refuses(proof, chosen.small, NO_ROOM)))
    try:
        for name, step in steps:
            print(f"· {name.replace('_', ' ')}", flush=True)
            step()
    except Wrong as wrong:
        print(f"FAILED: {name}: {wrong}", flush=True)
        return 1
    finally:
        if aside.exists() and not proof.data.exists():
            aside.rename(proof.data)
    print("  " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in proof.seconds.items()))
    print("All well.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
