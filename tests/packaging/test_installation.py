"""A program that was damaged by hand says what is missing and how to mend it."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path

import pytest

from desktop_agent.app import open_app
from desktop_agent.errors import NotAvailable, reason
from desktop_agent.installation import LIST, damage, damage_of
from desktop_agent.memory.database import Database
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder

CONTENTS = {
    "DesktopAgent.exe": b"program",
    "_internal/PySide6/Qt6Core.dll": b"library",
    "_internal/resources/models/guide.gguf": b"model" * 100,
}


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The folder of an installed program, in a place that is hard on paths."""
    program = tmp_path / "程序 文件" / "DesktopAgent"
    for name, data in CONTENTS.items():
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_bytes(data)
    lines = ["0.1.0", *(f"{len(data)}\t{name}" for name, data in CONTENTS.items())]
    (program / LIST).write_text("\n".join(lines) + "\n", "ascii")
    return program


def said(program: Path) -> str:
    found = damage_of(program, program / LIST)
    return found.told() if found else ""


def test_a_whole_program_has_nothing_to_say(program: Path) -> None:
    assert said(program) == ""


def test_a_missing_file_is_named_with_the_way_to_mend_it(program: Path) -> None:
    (program / "_internal" / "PySide6" / "Qt6Core.dll").unlink()
    assert said(program) == (
        "A file of the program is missing or not whole: _internal/PySide6/Qt6Core.dll. "
        "Install the program again, into the same folder. Conversations, notes and models stay."
    )


def test_a_file_that_was_cut_is_named(program: Path) -> None:
    (program / "_internal" / "resources" / "models" / "guide.gguf").write_bytes(b"model")
    assert "guide.gguf" in said(program)


def test_a_folder_in_the_place_of_a_file_is_damage(program: Path) -> None:
    (program / "DesktopAgent.exe").unlink()
    (program / "DesktopAgent.exe").mkdir()
    assert "DesktopAgent.exe" in said(program)


def test_many_missing_files_are_counted_and_five_of_them_named(program: Path) -> None:
    lines = "".join(f"7\tpart {number}.dll\n" for number in range(200))
    (program / LIST).write_text(f"0.1.0\n{lines}", "ascii")
    assert "200 files" in said(program)
    assert said(program).count("part ") == 5


@pytest.mark.parametrize("text", [None, "0.1.0\nno tab\n", "0.1.0\nmany\tDesktopAgent.exe\n"])
def test_a_list_that_is_missing_or_damaged_is_damage_too(program: Path, text: str | None) -> None:
    (program / LIST).unlink()
    if text is not None:
        (program / LIST).write_text(text, "ascii")
    assert "The list of the program's files" in said(program)


def test_what_the_user_added_is_no_damage(program: Path) -> None:
    shutil.copy(program / "DesktopAgent.exe", program / "my notes.txt")
    assert said(program) == ""


def test_a_source_tree_is_never_damaged() -> None:
    assert not getattr(sys, "frozen", False)
    assert damage() is None


async def test_an_installed_program_says_at_its_start_what_it_lacks(
    program: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "_internal" / "resources" / "models" / "guide.gguf").unlink()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "DesktopAgent.exe"))
    monkeypatch.setattr(sys, "_MEIPASS", str(program), raising=False)
    async with open_app(folder, Settings.open(folder.settings, {}, {})) as app:
        assert ["guide.gguf" in problem for problem in app.problems] == [True]


async def test_a_database_without_sqlite_says_what_is_missing_instead_of_waiting(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    with pytest.raises(NotAvailable, match=r"A part of the program could not be loaded: .*sqlite3.* Install the prog"):
        await asyncio.wait_for(Database.open(folder.database, folder.backups), 30)


def test_a_reason_of_windows_brings_no_second_full_stop() -> None:
    assert reason(OSError(22, "系统找不到指定的路径。")) == "系统找不到指定的路径"
    assert reason(ValueError("no disk.")) == "no disk"
