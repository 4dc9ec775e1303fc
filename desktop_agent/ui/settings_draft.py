"""Changes to settings that wait for Apply.

They live as long as the settings tab: looking at another tab loses none of them.
"""

from __future__ import annotations

from typing import Any, cast

from desktop_agent.errors import BadInput
from desktop_agent.settings.setting import Setting, Value
from desktop_agent.settings.store import Change, Settings, Source


class Draft:
    """What the user chose and has not applied yet, and what cannot be applied."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._values: dict[Setting[Any], Value] = {}
        self._problems: dict[Setting[Any], BadInput] = {}

    @property
    def waiting(self) -> bool:
        """Whether anything is there to apply or to put right."""
        return bool(self._values or self._problems)

    @property
    def wrong(self) -> bool:
        """Whether something was written that its setting does not take."""
        return bool(self._problems)

    def value(self, setting: Setting[Any]) -> Value:
        """What the control shows: the chosen value, else the one in force."""
        chosen = self._values.get(setting)
        return cast(Value, self._settings[setting]) if chosen is None else chosen

    def changed(self, setting: Setting[Any]) -> bool:
        """Whether a change of this setting waits."""
        return setting in self._values or setting in self._problems

    def problem(self, setting: Setting[Any]) -> BadInput | None:
        """Why what was written is not taken."""
        return self._problems.get(setting)

    def fixed(self, setting: Setting[Any]) -> bool:
        """Whether the environment or the command line decides, so that nothing can be chosen here."""
        return self._settings.source(setting) > Source.FILE

    def put(self, setting: Setting[Any], given: Value) -> None:
        """Take what a control says; what its setting refuses is kept as its problem."""
        try:
            value = setting.parse(given)
        except BadInput as problem:
            self._values.pop(setting, None)
            self._problems[setting] = problem
            return
        self._problems.pop(setting, None)
        if value == self._settings[setting]:
            self._values.pop(setting, None)
        else:
            self._values[setting] = value

    def discard(self) -> None:
        """Forget every change."""
        self._values.clear()
        self._problems.clear()

    def apply(self) -> tuple[Change, ...]:
        """Store every change in one write; the refused ones keep waiting.

        Raises:
            StorageError: the file cannot be written; every change keeps waiting.
        """
        values: dict[Setting[Any] | str, Value | None] = {}
        for setting, value in self._values.items():
            values[setting] = None if value == setting.default else value
        changes = self._settings.set_all(values)
        self._values.clear()
        return changes
