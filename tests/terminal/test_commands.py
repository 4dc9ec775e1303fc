"""Commands done in this process, which is quicker than a program for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop_agent.cli import main
from desktop_agent.system import Folder


class Said(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Said]


@pytest.fixture
def run(folder: Folder, tiny_model: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command in English with the tiny model."""
    for name, value in {"LANGUAGE": "en", "MODEL": str(tiny_model), "REPLY_TOKENS": "16"}.items():
        monkeypatch.setenv(f"DESKTOP_AGENT_{name}", value)
    monkeypatch.setenv("LANG", "C.UTF-8")

    def running(*words: str) -> Said:
        status = main(["--folder", str(folder.root), *words])
        return Said(status, *capfd.readouterr())

    return running


def records(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_a_note_is_edited_and_marked_on_the_command_line(run: Run) -> None:
    (note,) = records(run("--json", "memory", "add", "我住在北京"))
    number = str(note["id"])
    (edited,) = records(run("--json", "memory", "edit", number, "我住在上海"))
    assert (edited["text"], edited["replaced"]) == ("我住在上海", "我住在北京")
    assert [one["text"] for one in records(run("--json", "memory", "history", number))] == ["我住在上海", "我住在北京"]
    assert not records(run("--json", "memory", "star", "--off", number))[0]["important"]
    assert records(run("--json", "memory", "star", number))[0]["important"]
    assert run("memory", "edit", number, "  ").returncode == 2
    for wrong in (("edit", "99", "x"), ("star", "99")):
        result = run("memory", *wrong)
        assert result.returncode == 1 and "no note 99" in result.stderr


def test_a_conversation_can_do_without_memory(run: Run) -> None:
    run("memory", "add", "My sister is called Li Na")
    asked = records(run("--json", "chat", "--no-memory", "What is my sister called?"))
    assert not [one for one in asked if one["event"] == "recalled" and one["notes"]]
    again = records(run("--json", "chat", "--conversation", str(asked[-1]["conversation"]), "Remember that I am tall"))
    assert not [one for one in again if one["event"] in ("recalled", "remembered")]


def test_what_was_remembered_from_a_conversation_goes_with_it_when_that_is_said(run: Run) -> None:
    for more, left in ((), 1), (("--with-notes",), 1):
        said = records(run("--json", "chat", f"Remember that my cat has {len(more)} kittens"))
        number = str(said[-1]["conversation"])
        (gone,) = records(run("--json", "conversation", "delete", *more, number))
        assert (gone["notes"], gone["notes_forgotten"]) == (1, bool(more))
        assert len(records(run("--json", "memory", "list"))) == left


def test_each_setting_has_one_line_however_long_its_value_is(run: Run) -> None:
    assert run("settings", "set", "system_prompt", "Be brief.\n" * 30).stdout.startswith("system_prompt is changed.")
    lines = run("settings", "list").stdout.splitlines()
    (told,) = [line for line in lines if "system_prompt" in line]
    assert "Be brief. Be brief." in told and "… settings file" in told
    assert run("settings", "get", "system_prompt").stdout.count("Be brief.") == 30


def test_a_folder_without_a_name_is_refused(run: Run) -> None:
    said = run("--folder", "", "memory", "list")
    assert said.returncode == 2
    assert said.stderr.startswith("--folder needs the name of a folder.")


@pytest.mark.parametrize("below", ["", "deeper/still"])
def test_a_folder_that_is_a_file_is_told_in_one_sentence(run: Run, tmp_path: Path, below: str) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("in the way")
    for command in (("memory", "list"), ("chat", "hello"), ("settings", "set", "theme", "dark"), ("experiment",)):
        result = run(*command, "--folder", str(blocked / below))
        assert result.returncode == 1
        told = f"{blocked} is a file, and the program needs a folder. Name another one with --folder."
        assert result.stderr.splitlines() == [told]
    assert run("settings", "get", "theme", "--folder", str(blocked / below)).stdout == "system\n"
    assert blocked.read_text() == "in the way"


def test_an_imported_file_of_another_kind_is_told_in_three_lines(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 40)
    for what in ("memory", "conversation"):
        result = run(what, "import", str(tmp_path / "a.bin"))
        assert result.returncode == 1
        assert result.stderr.startswith("a.bin is probably another kind of file")
        assert len(result.stderr.splitlines()) == 3


def test_help_names_the_model_file_and_speaks_chinese(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "[FILE.gguf]" in run("--help").stdout
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("DESKTOP_AGENT_LANGUAGE", "system")
    told = run("memory", "--help").stdout
    assert "用法：desktop-agent memory" in told and "显示此帮助" in told
    assert "positional" not in told and "show this" not in told
    # Behind a Chinese full stop stands no blank.
    assert run("memory", "forget", "99").stderr == "没有编号为 99 的记忆。它可能已经被忘记。\n"
