"""Text becomes a value of the right kind, or a sentence that says what is taken."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_agent.errors import BadInput
from desktop_agent.settings import catalogue
from desktop_agent.settings.catalogue import (
    HISTORY_LENGTH,
    MEMORY_ON,
    MODEL,
    SERVER_CONTEXT_TOKENS,
    SETTINGS,
    TEMPERATURE,
    THEME,
    named,
)
from desktop_agent.settings.manual import manual
from desktop_agent.settings.setting import Group, Setting

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_declared_so_that_a_window_can_show_it(setting: Setting[object]) -> None:  # type: ignore[type-var]
    assert setting.title
    assert setting.help.endswith(".")
    assert setting.parse(setting.default) == setting.default
    assert setting.parse(setting.text(setting.default)) == setting.default
    assert setting is getattr(catalogue, setting.name.upper())
    if setting.choices:
        assert len(setting.choices) == len(setting.choice_titles)
    elif setting.kind in (int, float):
        assert None not in (setting.low, setting.high, setting.step)
        assert setting.parse(setting.low) == setting.low
        assert setting.parse(str(setting.high)) == setting.high
        assert not setting.zero or setting.low == 0


def test_every_name_is_there_once_and_every_page_is_in_order() -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(set(names)) == len(names)
    groups = [setting.group for setting in SETTINGS]
    assert groups == sorted(groups, key=list(Group).index)
    for group in Group:
        advanced = [setting.advanced for setting in catalogue.of_group(group)]
        assert advanced == sorted(advanced)  # the advanced ones fold away at the end


def test_the_manual_page_is_up_to_date() -> None:
    """Write it again with: python -m desktop_agent.settings.manual docs/settings.md"""
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == manual()
    assert "1e+" not in manual()  # a million is written with its noughts


@pytest.mark.parametrize("word", ["on", "true", "yes", "1", "ON", " True "])
def test_on_can_be_said_in_four_ways(word: str) -> None:
    assert MEMORY_ON.parse(word) is True


@pytest.mark.parametrize("word", ["off", "false", "no", "0", "OFF", "No"])
def test_off_can_be_said_in_four_ways(word: str) -> None:
    assert MEMORY_ON.parse(word) is False


@pytest.mark.parametrize(
    ("setting", "given", "sentence"),
    [
        (HISTORY_LENGTH, "abc", "history_length takes a whole number from 0 to 200, not 'abc'."),
        (HISTORY_LENGTH, "", "history_length takes a whole number from 0 to 200, not ''."),
        (HISTORY_LENGTH, "201", "history_length takes a whole number from 0 to 200, not '201'."),
        (HISTORY_LENGTH, "-1", "history_length takes a whole number from 0 to 200, not '-1'."),
        (HISTORY_LENGTH, "7.5", "history_length takes a whole number from 0 to 200, not '7.5'."),
        (HISTORY_LENGTH, 7.5, "history_length takes a whole number from 0 to 200, not '7.5'."),
        (HISTORY_LENGTH, True, "history_length takes a whole number from 0 to 200, not 'True'."),
        (HISTORY_LENGTH, [7], "history_length takes a whole number from 0 to 200, not '[7]'."),
        (SERVER_CONTEXT_TOKENS, "1", "server_context_tokens takes a whole number from 512 to 1000000, not '1'."),
        (TEMPERATURE, "nan", "temperature takes a number from 0 to 2, not 'nan'."),
        (TEMPERATURE, "inf", "temperature takes a number from 0 to 2, not 'inf'."),
        (TEMPERATURE, "1e999", "temperature takes a number from 0 to 2, not '1e999'."),
        (TEMPERATURE, "0,7", "temperature takes a number from 0 to 2, not '0,7'."),
        (TEMPERATURE, False, "temperature takes a number from 0 to 2, not 'False'."),
        (MEMORY_ON, "maybe", "memory_on takes on or off, not 'maybe'."),
        (MEMORY_ON, 1, "memory_on takes on or off, not '1'."),
        (THEME, "blue", "theme takes one of system, light, dark, not 'blue'."),
        (THEME, 5, "theme takes one of system, light, dark, not '5'."),
        (MODEL, 5, "model takes text, not '5'."),
        (MODEL, "x" * 5000, "model takes at most 4096 characters, not 5000."),
        (HISTORY_LENGTH, "9" * 5000, f"history_length takes a whole number from 0 to 200, not '{'9' * 40}…'."),
        (HISTORY_LENGTH, "1\n{2}", "history_length takes a whole number from 0 to 200, not '1 {2}'."),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_taken(setting: Setting[int], given: object, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        setting.parse(given)
    assert str(refused.value) == sentence
    assert refused.value.told() == sentence


def test_numbers_may_have_spaces_around_them() -> None:
    assert HISTORY_LENGTH.parse(" 12 ") == 12
    assert TEMPERATURE.parse("1") == 1.0
    assert TEMPERATURE.parse(1) == 1.0
    assert THEME.parse(" dark ") == "dark"


def test_text_keeps_its_lines_and_loses_what_cannot_be_stored() -> None:
    assert catalogue.SYSTEM_PROMPT.parse("Be kind.\r\nBe short.\x00\ud800") == "Be kind.\nBe short.\ufffd"


def test_a_value_is_shown_by_its_name() -> None:
    assert THEME.shown("dark") == "Dark"
    assert catalogue.THREADS.shown(0) == "Automatic"
    assert catalogue.THREADS.shown(2) == "2"
    assert TEMPERATURE.shown(0.7) == "0.7"
    assert MEMORY_ON.shown(True) == "on"


def test_a_setting_is_found_by_its_name_however_it_is_written() -> None:
    for name in ("history_length", "history-length", " History_Length "):
        assert named(name) is HISTORY_LENGTH


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("histry_length", "Did you mean history_length?"),
        ("contexttokens", "Did you mean context_tokens?"),
        ("colour of my bike", "See them all with: desktop-agent settings list"),
        ("", "See them all with: desktop-agent settings list"),
    ],
)
def test_an_unknown_name_brings_the_nearest_one(name: str, hint: str) -> None:
    with pytest.raises(BadInput) as refused:
        named(name)
    assert str(refused.value) == f"There is no setting named {name}. {hint}"


def test_settings_cost_no_heavy_imports() -> None:
    program = """if True:
        import sys
        import desktop_agent.settings.store
        print({"tomli_w", "tomllib", "difflib", "asyncio", "psutil"} & set(sys.modules))
    """
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (answer.stdout, answer.stderr) == ("set()\n", "")
