"""What may stand on the command line, and which function of ``terminal/`` does it."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from desktop_agent import __version__, frontends
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

PROGRAM = "desktop-agent"


def chosen(given: Sequence[str]) -> argparse.Namespace:
    """What ``given`` says; ``opened`` is the model file that was double-clicked or dropped on the program, or None.

    Raises:
        BadInput: it cannot be taken.
    """
    # To describe all commands takes 10 ms, which a window without one need not wait for. Nor for shutil (4 ms), which
    # argparse imports to learn the width of the terminal, even when it explains nothing.
    narrow = partial(argparse.HelpFormatter, width=80)
    bare = argparse.ArgumentParser(add_help=False, exit_on_error=False, formatter_class=narrow)
    _common(bare, default=None)
    bare.set_defaults(json=False, set=[], command=None, picture=None, opened=None)
    with contextlib.suppress(argparse.ArgumentError):
        found, rest = bare.parse_known_args(given)
        if len(rest) == 1 and rest[0] == given[-1] and _names_model(rest[0]):
            found.opened = Path(rest.pop()).absolute()
        if not rest:
            return found
    return parser().parse_args(given)


def _names_model(word: str) -> bool:
    return word.lower().endswith(".gguf") and not word.startswith("-")


def parser() -> argparse.ArgumentParser:
    """Everything that may stand on the command line."""
    from desktop_agent.terminal.usage import Parser  # a window without a command does without

    # Of the plain kind: its group of options is found by its English name when it is taken over.
    everywhere = argparse.ArgumentParser(add_help=False)
    # SUPPRESS: given before the command they must not be reset by the defaults behind it.
    _common(everywhere, default=argparse.SUPPRESS)
    parser = Parser(
        prog=PROGRAM,
        usage=f"{PROGRAM} [{_('OPTION')}…] [FILE.gguf]\n       {PROGRAM} [{_('OPTION')}…] {_('COMMAND')} …",
        description=_(
            "An AI assistant that runs on this computer. Without a command it opens its window; with FILE.gguf that "
            "model answers there from now on."
        ),
        epilog=_("More about each command: {command}", command=f"{PROGRAM} {_('COMMAND')} --help"),
    )
    _common(parser, default=None)
    parser.add_argument("--version", action="version", version=f"Desktop Agent {__version__}", help=_("the version"))
    parser.add_argument(
        "--picture", type=Path, metavar="FILE", help=_("open the window, write a picture of it to FILE, and close it")
    )
    parser.set_defaults(json=False, set=[], opened=None)
    commands: Any = parser.add_subparsers(dest="command", metavar=_("COMMAND"), prog=PROGRAM)
    _chat(commands, everywhere)
    _conversations(commands, everywhere)
    _memory(commands, everywhere)
    _model(commands, everywhere)
    _settings(commands, everywhere)
    _serve(commands, everywhere)
    _experiment(commands, everywhere)
    commands.add_parser("doctor", parents=[everywhere], help=_("what this computer is, and what is wrong"))
    return parser


def _common(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument(
        "--folder", type=Path, default=default, metavar="DIR", help=_("where the program keeps everything")
    )
    parser.add_argument(
        "--set", action=_Append, default=[] if default is None else default, metavar="NAME=VALUE",
        help=_("a setting for this run"),
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", default=False if default is None else default, help=_("one JSON object a line")
    )


class _Append(argparse.Action):
    """Collects values given before and behind the command."""

    def __call__(self, _parser: object, namespace: argparse.Namespace, values: Any, _option: str | None = None) -> None:
        setattr(namespace, self.dest, [*(getattr(namespace, self.dest, None) or []), values])


class _Verb(NamedTuple):
    """One word behind a command: what it says of itself, what does it, and what it takes."""

    name: str
    help: str
    do: Callable[..., Any]
    takes: tuple[dict[str, Any], ...] = ()


def _add(commands: Any, everywhere: argparse.ArgumentParser, name: str, help_text: str, verbs: Sequence[_Verb]) -> None:
    group = commands.add_parser(name, parents=[everywhere], help=help_text)
    below = group.add_subparsers(dest="verb", required=True, metavar=_("VERB"))
    for verb in verbs:
        parser = below.add_parser(verb.name, parents=[everywhere], help=verb.help)
        parser.set_defaults(do=verb.do)
        for argument in verb.takes:
            options = dict(argument)
            parser.add_argument(options.pop("name"), **options)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(_("at least 1, not {number}", number=number))
    return number


_TEXT = {"name": "text", "metavar": "TEXT"}
_FILE = {"name": "file", "type": Path, "metavar": "FILE"}


def _limit(default: int | None) -> dict[str, Any]:
    return {"name": "--limit", "type": _count, "metavar": "N", "default": default, "help": _("so many at most")}


def _chat(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("chat", parents=[everywhere], help=_("one answer for TEXT or for each line of input"))
    parser.add_argument("text", nargs="?", metavar="TEXT")
    parser.add_argument("--conversation", type=int, metavar="ID", help=_("go on with this conversation"))
    parser.add_argument(
        "--server-model", default="", metavar="NAME",
        help=_("let this model of a connected server answer; what is said in the conversation is sent there"),
    )  # fmt: skip
    parser.add_argument(
        "--attach", type=Path, action="append", default=[], metavar="FILE",
        help=_("a text, Markdown, PDF or Word file for the first question; may be given several times"),
    )  # fmt: skip

    async def do(app: Any, output: Output, got: argparse.Namespace) -> int:
        from desktop_agent.terminal.chat import chat

        return await chat(app, output, got.text, got.conversation, got.attach, got.server_model)

    parser.set_defaults(do=do)


def _conversations(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    from desktop_agent.terminal import conversations

    numbers = {"name": "ids", "type": int, "metavar": "ID"}
    verbs = (
        _Verb(
            "list",
            _("all conversations, pinned ones first"),
            lambda app, out, got: conversations.list_all(app, out, trash=got.trash),
            ({"name": "--trash", "action": "store_true", "help": _("what is in the trash")},),
        ),
        _Verb(
            "search",
            _("the messages that have the words of TEXT"),
            lambda app, out, got: conversations.search(app, out, got.text, got.limit),
            (_TEXT, _limit(20)),
        ),
        _Verb(
            "export",
            _("write conversations to FILE (.jsonl whole, .md or .txt to read); all when no ID is given"),
            lambda app, out, got: conversations.export(app, out, got.file, got.ids),
            (_FILE, numbers | {"nargs": "*"}),
        ),
        _Verb(
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
        _Verb(
            "delete",
            _("put conversations into the trash"),
            lambda app, out, got: conversations.throw_away(app, out, got.ids, for_good=got.for_good),
            (
                numbers | {"nargs": "+"},
                {"name": "--for-good", "action": "store_true", "help": _("not into the trash: delete them")},
            ),
        ),
        _Verb(
            "restore",
            _("take conversations out of the trash"),
            lambda app, out, got: conversations.put_back(app, out, got.ids),
            (numbers | {"nargs": "+"},),
        ),
    )
    names = _("the conversations: list, search, export, import, delete, restore")
    _add(commands, everywhere, "conversation", names, verbs)


def _memory(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    from desktop_agent.terminal import memory

    verbs = (
        _Verb("add", _("remember TEXT"), lambda app, out, got: memory.add(app, out, got.text), (_TEXT,)),
        _Verb(
            "search",
            _("the notes that fit TEXT"),
            lambda app, out, got: memory.search(app, out, got.text, got.limit, got.questions),
            (
                _TEXT | {"nargs": "?"},
                _limit(5),
                {"name": "--questions", "type": Path, "metavar": "FILE", "help": _("each question of a file instead")},
            ),
        ),
        _Verb(
            "list",
            _("all notes, newest first"),
            lambda app, out, got: memory.list_all(app, out, got.limit),
            (_limit(None),),
        ),
        _Verb(
            "forget",
            _("delete notes for good"),
            lambda app, out, got: memory.forget(app, out, got.ids),
            ({"name": "ids", "nargs": "+", "type": int, "metavar": "ID"},),
        ),
        _Verb(
            "history",
            _("what a note said before"),
            lambda app, out, got: memory.history(app, out, got.id),
            ({"name": "id", "type": int, "metavar": "ID"},),
        ),
        _Verb(
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
        _Verb(
            "export", _("write all notes to FILE"), lambda app, out, got: memory.export(app, out, got.file), (_FILE,)
        ),
        _Verb(
            "import", _("take the notes in FILE"), lambda app, out, got: memory.import_(app, out, got.file), (_FILE,)
        ),
    )
    _add(
        commands,
        everywhere,
        "memory",
        _("the notes: add, search, list, forget, history, export, import, evaluate"),
        verbs,
    )


def _model(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    from desktop_agent.terminal import getting, models, servers

    name = {"name": "name", "metavar": "NAME"}
    verbs = (
        _Verb(
            "list",
            _("the models that are here and those that can be downloaded"),
            lambda app, out, _got: models.list_all(app, out),
        ),
        _Verb(
            "get",
            _("download a model of the list, or go on with it"),
            lambda app, out, got: getting.get(app, out, got.name),
            (name,),
        ),
        _Verb(
            "check",
            _("whether FILE is a model that can be used here"),
            lambda app, out, got: models.check(app, out, got.file),
            (_FILE,),
        ),
        _Verb(
            "import",
            _("copy FILE to the models of this program"),
            lambda app, out, got: models.import_(app, out, got.file),
            (_FILE,),
        ),
        _Verb(
            "servers",
            _("connected servers, and those found on this computer"),
            lambda app, out, _got: servers.list_servers(app, out),
        ),
        _Verb(
            "use",
            _("answer with this model from now on; 'guide' is the built-in one"),
            lambda app, out, got: models.use(app, out, got.model),
            ({"name": "model", "metavar": "NAME|FILE"},),
        ),
        _Verb(
            "remove",
            _("delete a model of this program, or what a download left"),
            lambda app, out, got: models.remove(app, out, got.name),
            (name,),
        ),
        _Verb(
            "move",
            _("keep the models in another folder from now on"),
            lambda app, out, got: models.move(app, out, got.models_folder),
            ({"name": "models_folder", "type": Path, "metavar": "DIR"},),
        ),
    )
    _add(commands, everywhere, "model", _("the models: list, get, check, import, servers, use, remove, move"), verbs)


def _settings(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    from desktop_agent.terminal import settings as settings_

    name = {"name": "name", "metavar": "NAME"}
    verbs = (
        _Verb("list", _("every setting with its value"), lambda store, out, _got: settings_.list_all(store, out)),
        _Verb("get", _("one value"), lambda store, out, got: settings_.get(store, out, got.name), (name,)),
        _Verb(
            "set",
            _("store a value"),
            lambda store, out, got: settings_.set_(store, out, got.name, got.value),
            (name, {"name": "value", "metavar": "VALUE"}),
        ),
        _Verb(
            "reset",
            _("give settings their defaults back"),
            lambda store, out, got: settings_.reset(store, out, got.names),
            ({"name": "names", "nargs": "*", "metavar": "NAME"},),
        ),
    )
    _add(commands, everywhere, "settings", _("the settings: list, get, set, reset"), verbs)


def _experiment(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser(
        "experiment", parents=[everywhere], help=_("measure this computer: four experiments and their report")
    )
    parser.add_argument("which", nargs="?", choices=("1", "2", "3", "4", "all"), default="all")
    parser.add_argument("--quick", action="store_true", help=_("in two minutes, less exact"))
    parser.add_argument("--into", type=Path, metavar="DIR", help=_("where the report goes"))


def _serve(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("serve", parents=[everywhere], help=_("answer other programs, without a window"))
    parser.add_argument("--port", metavar="N", help=_("the port to answer at; 0 takes a free one"))
    parser.set_defaults(do=lambda app, output, _got: frontends.serve(app, output))
