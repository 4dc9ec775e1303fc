"""What a message that begins with a slash does: settings and notes without leaving the chat."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from desktop_agent.errors import AgentError, BadInput
from desktop_agent.memory.notes import Notes
from desktop_agent.settings.catalogue import SETTINGS, named
from desktop_agent.settings.store import Settings
from desktop_agent.words import _


class Commands:
    """Run-time commands; each gives the text that answers it."""

    def __init__(self, settings: Settings, notes: Notes) -> None:
        self._settings = settings
        self._notes = notes
        self._known: dict[str, Callable[[str], Awaitable[str]]] = {
            "help": self._help,
            "set": self._set,
            "get": self._get,
            "reset": self._reset,
            "remember": self._remember,
            "memory": self._search,
        }

    def understands(self, text: str) -> bool:
        """Whether ``text`` is a command: a slash and a known word; "/usr/bin" is a message."""
        word = text[1:].split(maxsplit=1)
        return text.startswith("/") and bool(word) and word[0].lower() in self._known

    async def run(self, text: str) -> str:
        """Do what ``text`` says; what to answer, in the language in use.

        A command that cannot be done answers with its reason: nothing was asked of a
        model, so nothing failed.
        """
        word, _space, rest = text[1:].partition(" ")
        try:
            return await self._known[word.strip().lower()](rest.strip())
        except AgentError as error:
            return error.told()

    async def _help(self, _rest: str) -> str:
        return _(
            "`/set NAME VALUE` changes a setting, `/get NAME` shows it, `/reset NAME` gives it its default back.\n\n"
            "`/remember TEXT` makes a note, `/memory WORDS` finds notes.\n\n"
            "Settings: {names}",
            names=", ".join(setting.name for setting in SETTINGS),
        )

    async def _set(self, rest: str) -> str:
        name, _space, value = rest.replace("=", " ", 1).partition(" ")
        if not name or not value.strip():
            raise BadInput("/set needs a name and a value.", hint="For example: /set temperature 0.5")
        return self._settings.set(name, _unquoted(value.strip())).told()

    async def _get(self, rest: str) -> str:
        if not rest:
            return await self._help(rest)
        setting = named(rest)
        value, source = setting.text(self._settings[setting]), self._settings.source(setting)
        return _("{name} is {value} ({source}).", name=setting.name, value=value or '""', source=source.told())

    async def _reset(self, rest: str) -> str:
        if not rest:
            raise BadInput("/reset needs the name of a setting.", hint="For example: /reset temperature")
        return self._settings.reset(rest).told()

    async def _remember(self, rest: str) -> str:
        if not rest:
            raise BadInput("/remember needs a text.", hint="For example: /remember The spare key is with Anna.")
        note, _was = await self._notes.remember(rest, important=True)
        return _("Remembered: {text}", text=note.text)

    async def _search(self, rest: str) -> str:
        found = await self._notes.search(rest, limit=5)
        if not found:
            return _("No note fits that.")
        return "\n".join(f"- {match.note.text}" for match in found)


def _unquoted(value: str) -> str:
    """``value`` without the quotes that people put around text with spaces."""
    if value[0] in "\"'" and len(value) > 1 and value[-1] == value[0]:
        return value[1:-1]
    return value
