"""The way in: what was asked for is done by one of the faces, and how that went becomes the exit status."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from desktop_agent import frontends, installation, words
from desktop_agent.arguments import chosen as chosen_of
from desktop_agent.documents import READ_FILE
from desktop_agent.errors import AgentError, BadInput
from desktop_agent.experiments import CHILD as EXPERIMENT_CHILD
from desktop_agent.inference import TRY_MODEL
from desktop_agent.settings.catalogue import LANGUAGE
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder, default_folder
from desktop_agent.terminal.output import Output

DONE, COULD_NOT, WRONG_USE, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` (those of the process by default) say; the exit status.

    0 done, 1 could not, 2 wrong use, 130 interrupted.
    """
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == [TRY_MODEL]:
        from desktop_agent.inference.trial_child import run

        run(given[1:])
    if given[:1] == [READ_FILE]:
        from desktop_agent.assistant.reading_child import run as read_file

        read_file(given[1:])
    if given[:1] == [EXPERIMENT_CHILD]:
        from desktop_agent.experiments.roles import run as run_child

        return run_child(given[1:])
    _use_utf8()
    # What is wrong with the command line or the settings is told before the settings say in which language.
    said = os.environ.get(LANGUAGE.variable, "")
    words.use(said if said in words.LANGUAGES else "system")
    try:
        chosen = chosen_of(given)
    except BadInput as error:
        Output(as_json="--json" in given).error(error)
        return WRONG_USE
    except SystemExit as end:  # --help and --version
        return int(end.code or 0)
    output = Output(as_json=chosen.json)
    try:
        return _run(chosen, output)
    except BadInput as error:
        output.error(error)
        return WRONG_USE
    except AgentError as error:
        output.error(error)
        frontends.show_box(error.told())
        return COULD_NOT
    except ImportError as error:
        if not installation.installed():
            raise
        told = installation.part_missing(error)
        output.error(told)
        frontends.show_box(told.told())
        return COULD_NOT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone ("| head"); nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 128 + getattr(signal, "SIGPIPE", 13)


def _run(chosen: argparse.Namespace, output: Output) -> int:
    folder = Folder(chosen.folder.expanduser().absolute() if chosen.folder else default_folder())
    given = _given(chosen.set)
    if (port := getattr(chosen, "port", None)) is not None:
        given["service_port"] = port
    settings = Settings.open(folder.settings, os.environ, given)
    words.use(settings[LANGUAGE])
    if chosen.command is None:
        return frontends.window(folder, settings, model=chosen.opened, picture=chosen.picture)
    if chosen.command == "doctor":
        from desktop_agent.terminal.doctor import doctor

        return doctor(folder, settings, output)
    if chosen.command != "settings" or chosen.verb in ("set", "reset"):
        # First: where nothing can be kept, that is all there is to say. To read settings nothing need be written.
        folder.make()
    for problem in settings.problems:
        output.warning(problem)
    if chosen.command == "experiment":
        return frontends.experiment(folder, output, chosen.which, chosen.into, quick=chosen.quick)
    if chosen.command == "settings":
        return int(chosen.do(settings, output, chosen))
    import asyncio  # 50 ms that the window must not wait for

    return asyncio.run(_with_app(folder, settings, output, chosen))


async def _with_app(folder: Folder, settings: Settings, output: Output, chosen: argparse.Namespace) -> int:
    from desktop_agent.app import open_app  # opens the database: not for --help

    async with open_app(folder, settings) as app:
        for problem in app.problems:
            output.warning(problem)
        do: Callable[..., Coroutine[Any, Any, int]] = chosen.do
        return await do(app, output, chosen)


def _given(pairs: Sequence[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise BadInput("--set needs NAME=VALUE, not '{given}'.", hint="For example: --set theme=dark", given=pair)
        given[name] = value
    return given


def _use_utf8() -> None:
    """Speak UTF-8 whatever the console was set to, and survive bytes that are not."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace")
