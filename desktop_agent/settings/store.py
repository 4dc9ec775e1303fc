"""The values of the settings and who decided each: default < file < environment < command line.

Setting a value always writes it to the file, also when the environment or the
command line still decides; the returned ``Change`` says so. Use from one thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast

from desktop_agent.errors import AgentError, BadInput, StorageError
from desktop_agent.settings.catalogue import BY_NAME, SETTINGS, named, nearest
from desktop_agent.settings.setting import Applies, Setting, Value
from desktop_agent.system import FOLDER_VARIABLE, SERVER_KEY_VARIABLE, set_aside, storage_error, write_atomically
from desktop_agent.words import _, sentences

PREFIX = "DESKTOP_AGENT_"
HEADING = "# Settings of Desktop Agent. Names and ranges: docs/settings.md, or: desktop-agent settings list\n"

LONG_VALUE = 200
"""Letters of a value that are not said again when it is changed."""
T = TypeVar("T", bound=Value)
Watcher = Callable[[Setting[Any]], None]


class Source(IntEnum):
    """Who decided a value; the higher wins."""

    DEFAULT = 0
    FILE = 1
    ENVIRONMENT = 2
    COMMAND_LINE = 3

    def told(self) -> str:
        """Its name in the user's language."""
        return {
            Source.DEFAULT: _("default"),
            Source.FILE: _("settings file"),
            Source.ENVIRONMENT: _("environment"),
            Source.COMMAND_LINE: _("command line"),
        }[self]


_STRONGEST_FIRST = tuple(reversed(Source))


class Change(NamedTuple):
    """What came of setting or resetting a value: ``value`` is in force now, and ``source`` decided it."""

    setting: Setting[Any]
    value: Value
    source: Source

    def told(self) -> str:
        """One sentence for the user."""
        fields = {"name": self.setting.name, "value": self.setting.text(self.value)}
        if self.source is Source.ENVIRONMENT:
            variable = self.setting.variable
            return _(
                "The change to {name} is stored, but {variable} decides here: {value} stays in force.",
                variable=variable, **fields,
            )  # fmt: skip
        if self.source is Source.COMMAND_LINE:
            return _("The change to {name} is stored, but the command line decides here: {value} stays in force.",
                     **fields)  # fmt: skip
        return sentences(self._said(fields), _felt(self.setting.applies))

    def _said(self, fields: dict[str, str]) -> str:
        value = fields["value"]
        if not value:
            return _("{name} is now empty.", **fields)
        if "\n" in value or len(value) > LONG_VALUE:  # nobody wants a page read out
            return _("{name} is changed.", **fields)
        return _("{name} is now {value}.", **fields)


def _felt(applies: Applies) -> str:
    """When a change is felt; empty when that is now."""
    match applies:
        case Applies.NEXT_ANSWER:
            return _("This counts from the next answer on.")
        case Applies.MODEL_RELOAD:
            return _("This counts when the model is loaded again, before the next answer.")
        case Applies.RESTART:
            return _("This counts when the program starts again.")
        case Applies.NOW:
            return ""


class _Refused(NamedTuple):
    """A value of the environment (``variable``) or else of the file that its setting does not take."""

    error: BadInput
    setting: Setting[Any]
    variable: str = ""

    def told(self) -> str:
        """What is wrong, where it stands and what is used instead, in the user's language."""
        if self.variable:
            where = _("The environment variable {variable} says so; it is not used.", variable=self.variable)
        else:
            default = self.setting.text(self.setting.default)
            where = _("The settings file says so; until that is changed, {default} is used.", default=default)
        return sentences(self.error.said(), where)


class Settings:
    """All settings with their values in force."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._table: dict[str, Any] = {}
        self._given: dict[Source, dict[str, Value]] = {source: {} for source in Source}
        self._problems: list[AgentError | _Refused] = []
        self._watchers: list[Watcher] = []

    @classmethod
    def open(
        cls, path: Path, environment: Mapping[str, str] | None = None, command_line: Mapping[str, str] | None = None
    ) -> Settings:
        """The settings kept in ``path``, with what the environment and the command line say on top.

        Nothing on disk can keep the program from starting: see ``problems``.

        Raises:
            BadInput: the command line names no setting, or a value it does not take.
        """
        settings = cls(path)
        for name, text in (command_line or {}).items():
            setting = named(name)
            settings._given[Source.COMMAND_LINE][setting.name] = setting.parse(text)
        settings._take_environment(environment or {})
        try:
            settings._read()
        except StorageError as error:
            settings._problems.append(error)
        return settings

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def problems(self) -> tuple[str, ...]:
        """What was wrong with the file or the environment, each a sentence in the user's language."""
        return tuple(problem.told() for problem in self._problems)

    def __getitem__(self, setting: Setting[T]) -> T:
        """The value in force."""
        # As ``source`` finds it, without that: a question looks at a dozen settings.
        for source in _STRONGEST_FIRST:
            if (found := self._given[source].get(setting.name)) is not None:
                return cast(T, found)
        return setting.default

    def source(self, setting: Setting[Any]) -> Source:
        """Who decided the value in force."""
        return next((source for source in reversed(Source) if setting.name in self._given[source]), Source.DEFAULT)

    def stored(self, setting: Setting[T]) -> T | None:
        """The value in the file, in force or not; None when the file has none."""
        return cast("T | None", self._given[Source.FILE].get(setting.name))

    def set(self, setting: Setting[Any] | str, value: Value) -> Change:
        """Store ``value``, text or typed, in the file.

        Raises:
            BadInput: there is no such setting or it does not take this value; nothing is changed.
            StorageError: the file cannot be written; nothing is changed.
        """
        return self.set_all({setting: value})[0]

    def set_all(self, values: Mapping[Setting[Any] | str, Value | None]) -> tuple[Change, ...]:
        """Store several values by writing the file once; None resets.

        On an old hard disk one write can take 100 ms.

        Raises:
            BadInput: one name or value is wrong; nothing is changed.
            StorageError: the file cannot be written; nothing is changed.
        """
        checked: dict[Setting[Any], Value | None] = {}
        for name, value in values.items():
            setting = named(name) if isinstance(name, str) else name
            checked[setting] = None if value is None else setting.parse(value)
        self._store(checked)
        return tuple(Change(setting, self[setting], self.source(setting)) for setting in checked)

    def reset(self, setting: Setting[Any] | str) -> Change:
        """Take the setting out of the file, so that the default counts again.

        Raises:
            BadInput: there is no such setting.
            StorageError: the file cannot be written; nothing is changed.
        """
        return self.set_all({setting: None})[0]

    def watch(self, callback: Watcher) -> Callable[[], None]:
        """Call ``callback`` with each setting whose value in force changes; call the result to end that."""
        self._watchers.append(callback)

        def unwatch() -> None:
            if callback in self._watchers:
                self._watchers.remove(callback)

        return unwatch

    def _store(self, values: Mapping[Setting[Any], Value | None]) -> None:
        import tomli_w  # only when something is written

        before = {setting: self[setting] for setting in SETTINGS}
        # Read again: the command line may have changed another setting while the window was open.
        self._read()
        table = dict(self._table)
        for setting, value in values.items():
            if value is not None:
                table[setting.name] = value
            else:
                table.pop(setting.name, None)
        write_atomically(self._path, HEADING + tomli_w.dumps(table))
        self._take(table)
        for setting in SETTINGS:
            if self[setting] != before[setting]:
                for watcher in tuple(self._watchers):
                    watcher(setting)

    def _read(self) -> None:
        try:
            # utf-8-sig: Notepad puts a byte order mark in front.
            text = self._path.read_text("utf-8-sig")
            import tomllib  # 4 ms that a first start does without

            table = tomllib.loads(text)
        except (FileNotFoundError, NotADirectoryError):  # who needs the folder says what is wrong with it
            table = {}
        except OSError as error:
            raise storage_error(error, self._path) from error
        except ValueError as error:  # not UTF-8 or not TOML
            table = {}
            self._put_away(error)
        self._take(table)

    def _put_away(self, reason: Exception) -> None:
        try:
            place = set_aside(self._path)
        except OSError as error:
            raise storage_error(error, self._path) from error
        self._problems.append(
            StorageError(
                "The settings file {file} is damaged ({reason}).",
                hint="It was kept as {place}; the default settings are used.",
                file=self._path.name,
                reason=reason,
                place=place.name,
            )
        )

    def _take(self, table: dict[str, Any]) -> None:
        # Names of other versions and values out of range stay in the table, so that writing keeps them.
        self._table = table
        values = self._given[Source.FILE] = {}
        for name, given in table.items():
            setting = BY_NAME.get(name)
            if setting is None:
                self._tell(self._unknown_name(name))
                continue
            try:
                values[name] = setting.parse(given)
            except BadInput as refused:
                self._tell(_Refused(refused, setting))

    def _tell(self, problem: AgentError | _Refused) -> None:
        # The file is read again at each change; once is enough to say what is wrong with it.
        if problem.told() not in self.problems:
            self._problems.append(problem)

    def _unknown_name(self, name: str) -> BadInput:
        near = nearest(name)
        return BadInput(
            "The settings file has a setting {name} that this version does not know; it is kept and not used.",
            hint="Did you mean {nearest}?" if near else "",
            name=name,
            nearest=near,
        )

    def _take_environment(self, environment: Mapping[str, str]) -> None:
        names = {setting.variable: setting for setting in SETTINGS}
        for variable, text in environment.items():
            if not variable.startswith(PREFIX) or variable in (FOLDER_VARIABLE, SERVER_KEY_VARIABLE):
                continue
            setting = names.get(variable)
            if setting is None:
                self._unknown_variable(variable)
            elif text or setting.kind is str:
                try:
                    self._given[Source.ENVIRONMENT][setting.name] = setting.parse(text)
                except BadInput as refused:
                    self._problems.append(_Refused(refused, setting, variable))

    def _unknown_variable(self, variable: str) -> None:
        # Only near misses: other programs of the same name may have variables of their own.
        if near := nearest(variable.removeprefix(PREFIX)):
            self._problems.append(
                BadInput(
                    "There is no setting for {variable}.",
                    hint="Did you mean {nearest}?",
                    variable=variable,
                    nearest=named(near).variable,
                )
            )
