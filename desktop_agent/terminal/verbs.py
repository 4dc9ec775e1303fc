"""The words behind ``conversation``, ``memory``, ``model`` and ``settings``: what each says of itself, does and takes.

Made when somebody asks for one of them; the modules that do the work come along then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from desktop_agent.errors import BadInput
from desktop_agent.words import _


class Verb(NamedTuple):
    """One word behind a command: what it says of itself, what does it, and what it takes."""

    name: str
    help: str
    do: Callable[..., Any]
    takes: tuple[dict[str, Any], ...] = ()


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise BadInput("--limit takes at least 1, not {number}.", number=number)
    return number


_TEXT = {"name": "text", "metavar": "TEXT"}
_FILE = {"name": "file", "type": Path, "metavar": "FILE"}


def _limit(default: int | None) -> dict[str, Any]:
    return {"name": "--limit", "type": _count, "metavar": "N", "default": default, "help": _("so many at most")}


def conversation_verbs() -> tuple[Verb, ...]:
    """Conversations: listed, searched, moved to and from files, thrown away."""
    from desktop_agent.terminal import conversations

    numbers = {"name": "ids", "type": int, "metavar": "ID"}
    return (
        Verb(
            "list",
            _("all conversations, pinned ones first"),
            lambda app, out, got: conversations.list_all(app, out, trash=got.trash),
            ({"name": "--trash", "action": "store_true", "help": _("what is in the trash")},),
        ),
        Verb(
            "search",
            _("the messages that have the words of TEXT"),
            lambda app, out, got: conversations.search(app, out, got.text, got.limit),
            (_TEXT, _limit(20)),
        ),
        Verb(
            "export",
            _("write conversations to FILE (.jsonl whole, .md or .txt to read); all when no ID is given"),
            lambda app, out, got: conversations.export(app, out, got.file, got.ids),
            (_FILE, numbers | {"nargs": "*"}),
        ),
        Verb(
            "import",
            _("take the conversations in FILE"),
            lambda app, out, got: conversations.import_(app, out, got.file, servers=got.servers),
            (
                _FILE,
                {
                    "name": "--servers",
                    "action": "store_true",
                    "help": _("let those that were sent to a server that is connected here go on there"),
                },
            ),
        ),
        Verb(
            "delete",
            _("put conversations into the trash"),
            lambda app, out, got: conversations.throw_away(
                app, out, got.ids, for_good=got.for_good, with_notes=got.with_notes
            ),
            (
                numbers | {"nargs": "+"},
                {"name": "--with-notes", "action": "store_true", "help": _("forget what was remembered from them too")},
                {"name": "--for-good", "action": "store_true", "help": _("not into the trash: delete them")},
            ),
        ),
        Verb(
            "restore",
            _("take conversations out of the trash"),
            lambda app, out, got: conversations.put_back(app, out, got.ids),
            (numbers | {"nargs": "+"},),
        ),
    )


def memory_verbs() -> tuple[Verb, ...]:
    """Notes."""
    from desktop_agent.terminal import memory

    return (
        Verb("add", _("remember TEXT"), lambda app, out, got: memory.add(app, out, got.text), (_TEXT,)),
        Verb(
            "search",
            _("the notes that fit TEXT"),
            lambda app, out, got: memory.search(app, out, got.text, got.limit, got.questions),
            (
                _TEXT | {"nargs": "?"},
                _limit(5),
                {"name": "--questions", "type": Path, "metavar": "FILE", "help": _("each question of a file instead")},
            ),
        ),
        Verb(
            "list",
            _("all notes, newest first"),
            lambda app, out, got: memory.list_all(app, out, got.limit),
            (_limit(None),),
        ),
        Verb(
            "edit",
            _("give a note another text"),
            lambda app, out, got: memory.edit(app, out, got.id, got.text),
            ({"name": "id", "type": int, "metavar": "ID"}, _TEXT),
        ),
        Verb(
            "star",
            _("mark notes as important: they are never removed by themselves"),
            lambda app, out, got: memory.star(app, out, got.ids, important=not got.off),
            (
                {"name": "ids", "nargs": "+", "type": int, "metavar": "ID"},
                {"name": "--off", "action": "store_true", "help": _("take the mark away")},
            ),
        ),
        Verb(
            "forget",
            _("delete notes for good"),
            lambda app, out, got: memory.forget(app, out, got.ids),
            ({"name": "ids", "nargs": "+", "type": int, "metavar": "ID"},),
        ),
        Verb(
            "history",
            _("what a note said before"),
            lambda app, out, got: memory.history(app, out, got.id),
            ({"name": "id", "type": int, "metavar": "ID"},),
        ),
        Verb(
            "evaluate",
            _("how often the right note is found, for a file of notes and questions"),
            lambda app, out, got: memory.evaluate(app, out, got.files, got.parts),
            (
                {"name": "files", "nargs": "+", "type": Path, "metavar": "FILE"},
                {
                    "name": "--parts",
                    "action": "store_true",
                    "help": _("also without each part of the search, to see what it is worth"),
                },
            ),
        ),
        Verb("export", _("write all notes to FILE"), lambda app, out, got: memory.export(app, out, got.file), (_FILE,)),
        Verb("import", _("take the notes in FILE"), lambda app, out, got: memory.import_(app, out, got.file), (_FILE,)),
    )


def model_verbs() -> tuple[Verb, ...]:
    """Model files and servers."""
    from desktop_agent.terminal import getting, models, servers

    name = {"name": "name", "metavar": "NAME"}
    return (
        Verb(
            "list",
            _("the models that are here and those that can be downloaded"),
            lambda app, out, _got: models.list_all(app, out),
        ),
        Verb(
            "get",
            _("download a model of the list, or go on with it"),
            lambda app, out, got: getting.get(app, out, got.name),
            (name,),
        ),
        Verb(
            "check",
            _("whether FILE is a model that can be used here"),
            lambda app, out, got: models.check(app, out, got.file),
            (_FILE,),
        ),
        Verb(
            "import",
            _("copy FILE to the models of this program"),
            lambda app, out, got: models.import_(app, out, got.file),
            (_FILE,),
        ),
        Verb(
            "servers",
            _("connected servers, and those found on this computer"),
            lambda app, out, _got: servers.list_servers(app, out),
        ),
        Verb(
            "use",
            _("answer with this model from now on; 'guide' is the built-in one"),
            lambda app, out, got: models.use(app, out, got.model),
            ({"name": "model", "metavar": "NAME|FILE"},),
        ),
        Verb(
            "remove",
            _("delete a model of this program, or what a download left"),
            lambda app, out, got: models.remove(app, out, got.name),
            (name,),
        ),
        Verb(
            "move",
            _("keep the models in another folder from now on"),
            lambda app, out, got: models.move(app, out, got.models_folder),
            ({"name": "models_folder", "type": Path, "metavar": "DIR"},),
        ),
    )


def settings_verbs() -> tuple[Verb, ...]:
    """Settings."""
    from desktop_agent.terminal import settings as settings_

    name = {"name": "name", "metavar": "NAME"}
    return (
        Verb("list", _("every setting with its value"), lambda store, out, _got: settings_.list_all(store, out)),
        Verb("get", _("one value"), lambda store, out, got: settings_.get(store, out, got.name), (name,)),
        Verb(
            "set",
            _("store a value"),
            lambda store, out, got: settings_.set_(store, out, got.name, got.value),
            (name, {"name": "value", "metavar": "VALUE"}),
        ),
        Verb(
            "reset",
            _("give settings their defaults back"),
            lambda store, out, got: settings_.reset(store, out, got.names),
            ({"name": "names", "nargs": "*", "metavar": "NAME"},),
        ),
    )
