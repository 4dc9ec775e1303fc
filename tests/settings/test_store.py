"""Who decides, what is kept, and that no file keeps the program from starting."""

from __future__ import annotations

import errno
import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop_agent import words
from desktop_agent.errors import BadInput, StorageError
from desktop_agent.settings.catalogue import (
    CONTEXT_TOKENS,
    HISTORY_LENGTH,
    MEMORY_ON,
    MODEL,
    SETTINGS,
    SYSTEM_PROMPT,
    TEMPERATURE,
    THEME,
)  # fmt: skip
from desktop_agent.settings.store import Settings, Source
from desktop_agent.system import Folder


def test_the_stronger_source_decides(folder: Folder) -> None:
    folder.settings.write_text("history_length = 20\ntemperature = 0.2\ncontext_tokens = 1024\n")
    environment = {"DESKTOP_AGENT_TEMPERATURE": "0.3", "DESKTOP_AGENT_CONTEXT_TOKENS": "4096", "PATH": "/bin"}
    settings = Settings.open(folder.settings, environment, {"context-tokens": "8192"})
    assert settings.problems == ()
    assert [(settings[each], settings.source(each)) for each in (MEMORY_ON, HISTORY_LENGTH)] == [
        (True, Source.DEFAULT),
        (20, Source.FILE),
    ]
    assert (settings[TEMPERATURE], settings.source(TEMPERATURE)) == (0.3, Source.ENVIRONMENT)
    assert (settings[CONTEXT_TOKENS], settings.source(CONTEXT_TOKENS)) == (8192, Source.COMMAND_LINE)
    assert settings.stored(CONTEXT_TOKENS) == 1024
    assert settings.stored(MEMORY_ON) is None


def test_off_and_0_and_empty_are_values_too(folder: Folder) -> None:
    folder.settings.write_text('memory_on = false\nhistory_length = 0\nmodel = "x.gguf"\n')
    settings = Settings.open(folder.settings, {"DESKTOP_AGENT_MODEL": ""})
    assert (settings[MEMORY_ON], settings[HISTORY_LENGTH]) == (False, 0)
    assert (settings[MODEL], settings.source(MODEL)) == ("", Source.ENVIRONMENT)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_can_be_set_in_every_way(folder: Folder, setting: Any) -> None:
    if setting.choices:
        value = setting.choices[-1]
    elif setting.kind is str:
        value = 'a "quoted"\n中文 = text'
    else:
        value = not setting.default if setting.kind is bool else setting.kind(setting.high)
    text = setting.text(value)
    Settings.open(folder.settings).set(setting.name, text)
    assert Settings.open(folder.settings)[setting] == value
    folder.settings.unlink()
    assert Settings.open(folder.settings, {setting.variable: text})[setting] == value
    assert Settings.open(folder.settings, {}, {setting.name: text})[setting] == value


def test_a_change_is_stored_and_found_again(folder: Folder) -> None:
    settings = Settings.open(folder.settings)
    change = settings.set("history-length", "12")
    assert (change.value, change.source) == (12, Source.FILE)
    assert change.told() == "history_length is now 12. This counts from the next answer on."
    assert settings.set(SYSTEM_PROMPT, "用中文回答").told().startswith("system_prompt is now 用中文回答.")
    assert settings.set(SYSTEM_PROMPT, "用中文回答。\n简短。").told().startswith("system_prompt is changed.")
    assert settings.set(MODEL, "").told().startswith("model is now empty.")
    again = Settings.open(folder.settings)
    assert (again[HISTORY_LENGTH], again[SYSTEM_PROMPT]) == (12, "用中文回答。\n简短。")
    change = settings.reset("history_length")
    assert (change.value, change.source) == (10, Source.DEFAULT)
    assert Settings.open(folder.settings)[HISTORY_LENGTH] == 10


def test_several_changes_are_stored_together_or_not_at_all(folder: Folder) -> None:
    settings, heard = Settings.open(folder.settings), list[str]()
    settings.watch(lambda setting: heard.append(setting.name))
    changes = settings.set_all({THEME: "dark", "history_length": "12", TEMPERATURE: 0.2})
    assert [change.value for change in changes] == ["dark", 12, 0.2]
    with pytest.raises(BadInput):
        settings.set_all({THEME: "light", HISTORY_LENGTH: 9000})
    settings.set_all({THEME: None, TEMPERATURE: None})
    assert heard == ["theme", "temperature", "history_length", "theme", "temperature"]
    later = Settings.open(folder.settings)
    assert [later[setting] for setting in (THEME, HISTORY_LENGTH, TEMPERATURE)] == ["system", 12, 0.7]


def test_a_change_that_does_not_count_now_is_stored_and_says_so(folder: Folder) -> None:
    settings = Settings.open(folder.settings, {"DESKTOP_AGENT_TEMPERATURE": "0.3"}, {"history_length": "4"})
    change = settings.set(TEMPERATURE, 1.5)
    assert change.source is Source.ENVIRONMENT
    assert change.told() == (
        "The change to temperature is stored, but DESKTOP_AGENT_TEMPERATURE decides here: 0.3 stays in force."
    )
    assert "the command line decides here: 4 stays in force" in settings.set(HISTORY_LENGTH, 8).told()
    assert (settings[TEMPERATURE], settings[HISTORY_LENGTH]) == (0.3, 4)
    later = Settings.open(folder.settings)
    assert (later[TEMPERATURE], later[HISTORY_LENGTH]) == (1.5, 8)


def test_a_refused_value_changes_nothing(folder: Folder) -> None:
    settings = Settings.open(folder.settings)
    for name, value in (("history_length", "many"), ("histry_length", "5"), ("memory_on", "2")):
        with pytest.raises(BadInput):
            settings.set(name, value)
    assert settings[HISTORY_LENGTH] == 10
    assert not folder.settings.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"history_length = = 5",
        b"\x00\x01\x02",
        b"history_length = 5\nhistory_length = 6",
        "theme = 'dark'".encode("utf-16"),
        b"\xff\xfe broken",
        b"[",
    ],
)
def test_a_damaged_file_is_kept_aside_and_the_program_starts(folder: Folder, content: bytes) -> None:
    folder.settings.write_bytes(content)
    settings = Settings.open(folder.settings)
    assert [settings[setting] for setting in SETTINGS] == [setting.default for setting in SETTINGS]
    assert len(settings.problems) == 1
    assert settings.problems[0].startswith("The settings file settings.toml is damaged (")
    assert "kept as settings.damaged-1.toml" in settings.problems[0]
    assert (folder.root / "settings.damaged-1.toml").read_bytes() == content
    settings.set(THEME, "dark")
    assert Settings.open(folder.settings)[THEME] == "dark"
    assert Settings.open(folder.settings).problems == ()


def test_an_empty_file_and_one_from_notepad_are_fine(folder: Folder) -> None:
    folder.settings.write_bytes(b"")
    assert Settings.open(folder.settings).problems == ()
    folder.settings.write_bytes(b"\xef\xbb\xbftheme = 'dark'\r\n")
    settings = Settings.open(folder.settings)
    assert (settings[THEME], settings.problems) == ("dark", ())


def test_what_the_file_says_beyond_what_is_known_is_told_and_kept(folder: Folder) -> None:
    folder.settings.write_text(
        'history_length = 9000\ntemprature = 0.5\nfrom_a_newer_version = ["a", 1]\n[table]\nx = 1979-05-27\n'
    )
    settings = Settings.open(folder.settings)
    assert settings[HISTORY_LENGTH] == 10
    kept = "that this version does not know; it is kept and not used."
    assert settings.problems == (
        "history_length takes a whole number from 0 to 200, not '9000'. "
        "The settings file says so; until that is changed, 10 is used.",
        f"The settings file has a setting temprature {kept} Did you mean temperature?",
        f"The settings file has a setting from_a_newer_version {kept}",
        f"The settings file has a setting table {kept}",
    )
    before = tomllib.loads(folder.settings.read_text("utf-8"))
    settings.set(THEME, "dark")
    assert tomllib.loads(folder.settings.read_text("utf-8")) == before | {"theme": "dark"}
    assert len(settings.problems) == 4
    settings.set(HISTORY_LENGTH, 30)
    assert settings[HISTORY_LENGTH] == 30


def test_a_wrong_command_line_is_refused_at_once(folder: Folder) -> None:
    with pytest.raises(BadInput, match="history_length takes a whole number"):
        Settings.open(folder.settings, {}, {"history_length": "abc"})
    with pytest.raises(BadInput, match="Did you mean history_length"):
        Settings.open(folder.settings, {}, {"history_lenth": "5"})


def test_a_wrong_environment_is_told_and_not_used(folder: Folder) -> None:
    environment = {
        "DESKTOP_AGENT_HISTORY_LENGTH": "abc",
        "DESKTOP_AGENT_HISTRY_LENGTH": "5",
        "DESKTOP_AGENT_TEMPERATURE": "",
        "DESKTOP_AGENT_FOLDER": "/somewhere",
        "DESKTOP_AGENT_QUITE_ANOTHER_PURPOSE_XYZ": "1",
    }
    settings = Settings.open(folder.settings, environment)
    assert (settings[HISTORY_LENGTH], settings[TEMPERATURE]) == (10, 0.7)
    assert settings.problems == (
        "history_length takes a whole number from 0 to 200, not 'abc'. "
        "The environment variable DESKTOP_AGENT_HISTORY_LENGTH says so; it is not used.",
        "There is no setting for DESKTOP_AGENT_HISTRY_LENGTH. Did you mean DESKTOP_AGENT_HISTORY_LENGTH?",
    )


def test_whoever_watches_hears_of_every_change_in_force(folder: Folder) -> None:
    settings, heard = Settings.open(folder.settings, {"DESKTOP_AGENT_TEMPERATURE": "0.3"}), list[str]()
    unwatch = settings.watch(lambda setting: heard.append(f"{setting.name}={settings[setting]}"))
    settings.set(HISTORY_LENGTH, 12)
    settings.set(HISTORY_LENGTH, "12")
    settings.set(TEMPERATURE, 1)
    settings.reset(HISTORY_LENGTH)
    assert heard == ["history_length=12", "history_length=10"]
    unwatch()
    unwatch()
    settings.set(HISTORY_LENGTH, 12)
    assert len(heard) == 2


def test_two_programs_do_not_undo_each_others_changes(folder: Folder) -> None:
    window, terminal = Settings.open(folder.settings), Settings.open(folder.settings)
    heard = list[str]()
    window.watch(lambda setting: heard.append(setting.name))
    terminal.set(THEME, "dark")
    window.set(HISTORY_LENGTH, 12)
    assert (window[THEME], heard) == ("dark", ["theme", "history_length"])
    later = Settings.open(folder.settings)
    assert (later[THEME], later[HISTORY_LENGTH]) == ("dark", 12)


def test_a_full_disk_leaves_the_old_settings_whole(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings.open(folder.settings)
    settings.set(HISTORY_LENGTH, 12)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="The disk is full"):
            settings.set(HISTORY_LENGTH, 13)
    assert settings[HISTORY_LENGTH] == 12
    assert Settings.open(folder.settings)[HISTORY_LENGTH] == 12
    assert [path.name for path in folder.root.glob("settings*")] == ["settings.toml"]


def test_a_file_that_cannot_be_read_is_a_problem_and_not_the_end(folder: Folder) -> None:
    folder.settings.mkdir()
    settings = Settings.open(folder.settings)
    assert len(settings.problems) == 1
    assert str(folder.settings) in settings.problems[0]
    with pytest.raises(StorageError):
        settings.set(THEME, "dark")
    assert settings[THEME] == "system"


def test_problems_are_told_in_the_language_in_use(folder: Folder) -> None:
    settings = Settings.open(folder.settings, {"DESKTOP_AGENT_HISTORY_LENGTH": "abc"})
    english = settings.problems
    words.use("zh_CN")
    assert "应为 0 到 200 之间的整数" in settings.problems[0]
    words.use("en")
    assert settings.problems == english


def test_the_file_is_plain_text_that_says_what_it_is(folder: Folder) -> None:
    Settings.open(folder.settings).set(THEME, "dark")
    first, *rest = Path(folder.settings).read_text("utf-8").splitlines()
    assert first.startswith("# Settings of Desktop Agent.")
    assert rest == ['theme = "dark"']
