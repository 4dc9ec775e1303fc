"""The settings on the command line."""

from __future__ import annotations

from typing import Any

from desktop_agent.settings.catalogue import SETTINGS, named
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

SHOWN_LETTERS = 60
"""Of a value in the list; ``get`` prints all of it."""


def list_all(settings: Settings, output: Output) -> int:
    """Every setting with its value and who decided it, a line each; programs also get what it takes."""
    for setting in SETTINGS:
        value = settings[setting]
        changed = " " if value == setting.default else "*"
        shown = " ".join(setting.text(value).split()) or '""'
        if len(shown) > SHOWN_LETTERS:
            shown = f"{shown[:SHOWN_LETTERS]}…"
        output.result(
            _record(settings, setting),
            f"{changed} {setting.name:<24} {shown:<20} {settings.source(setting).told()}  {_(setting.title)}",
        )
    return 0


def get(settings: Settings, output: Output, name: str) -> int:
    """One value, alone on its line."""
    setting = named(name)
    output.result(_record(settings, setting), setting.text(settings[setting]))
    return 0


def set_(settings: Settings, output: Output, name: str, value: str) -> int:
    """Store one value in the file."""
    change = settings.set(name, value)
    output.result(_record(settings, change.setting), change.told())
    return 0


def reset(settings: Settings, output: Output, names: list[str]) -> int:
    """Give settings their defaults back; all of them when none is named."""
    for name in names or [setting.name for setting in SETTINGS if settings.stored(setting) is not None]:
        change = settings.reset(name)
        output.result(_record(settings, change.setting), change.told())
    return 0


def _record(settings: Settings, setting: Setting[Any]) -> dict[str, Any]:
    return {
        "name": setting.name,
        "value": settings[setting],
        "default": setting.default,
        "source": settings.source(setting).name.lower(),
        "type": setting.kind.__name__,
        "low": setting.low,
        "high": setting.high,
        "choices": list(setting.choices),
        "unit": setting.unit,
    }
