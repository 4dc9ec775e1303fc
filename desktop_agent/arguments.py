"""What may stand on the command line, and which function of ``terminal/`` does it."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent import __version__, frontends
from desktop_agent.errors import BadInput
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.terminal.verbs import Verb

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
    # A window without a command does without these.
    from desktop_agent.terminal import verbs
    from desktop_agent.terminal.usage import Parser

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
    names = _("the conversations: list, search, export, import, delete, restore")
    _add(commands, everywhere, "conversation", names, verbs.conversation_verbs())
    names = _("the notes: add, search, list, edit, star, forget, history, export, import, evaluate")
    _add(commands, everywhere, "memory", names, verbs.memory_verbs())
    names = _("the models: list, get, check, import, servers, use, remove, move")
    _add(commands, everywhere, "model", names, verbs.model_verbs())
    _add(commands, everywhere, "settings", _("the settings: list, get, set, reset"), verbs.settings_verbs())
    _serve(commands, everywhere)
    _experiment(commands, everywhere)
    commands.add_parser("doctor", parents=[everywhere], help=_("what this computer is, and what is wrong"))
    return parser


def _common(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument(
        "--folder", type=_folder, default=default, metavar="DIR", help=_("where the program keeps everything")
    )
    parser.add_argument(
        "--set", action=_Append, default=[] if default is None else default, metavar="NAME=VALUE",
        help=_("a setting for this run"),
    )  # fmt: skip
    parser.add_argument(
        "--json", action="store_true", default=False if default is None else default, help=_("one JSON object a line")
    )


def _folder(text: str) -> Path:
    if not text.strip():  # an empty variable of a script: everything would land where that happens to run
        raise BadInput("--folder needs the name of a folder.", hint="Leave it out for the usual one.")
    return Path(text)


class _Append(argparse.Action):
    """Collects values given before and behind the command."""

    def __call__(self, _parser: object, namespace: argparse.Namespace, values: Any, _option: str | None = None) -> None:
        setattr(namespace, self.dest, [*(getattr(namespace, self.dest, None) or []), values])


def _add(commands: Any, everywhere: argparse.ArgumentParser, name: str, help_text: str, verbs: Sequence[Verb]) -> None:
    group = commands.add_parser(name, parents=[everywhere], help=help_text)
    below = group.add_subparsers(dest="verb", required=True, metavar=_("VERB"))
    for verb in verbs:
        parser = below.add_parser(verb.name, parents=[everywhere], help=verb.help)
        parser.set_defaults(do=verb.do)
        for argument in verb.takes:
            options = dict(argument)
            parser.add_argument(options.pop("name"), **options)


def _chat(commands: Any, everywhere: argparse.ArgumentParser) -> None:
    parser = commands.add_parser("chat", parents=[everywhere], help=_("one answer for TEXT or for each line of input"))
    parser.add_argument("text", nargs="?", metavar="TEXT")
    parser.add_argument("--conversation", type=int, metavar="ID", help=_("go on with this conversation"))
    parser.add_argument(
        "--no-memory", action="store_true", help=_("find no notes for this conversation and make none from it")
    )
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

        return await chat(
            app, output, got.text, got.conversation, got.attach, got.server_model, memory=not got.no_memory
        )

    parser.set_defaults(do=do)


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
