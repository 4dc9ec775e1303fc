"""The words about the command line itself: its help, and what is wrong with what was typed.

argparse says both in English alone. Its errors come as finished sentences, so they are recognised by their shape;
one of a shape that is not known is passed on as it is.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from desktop_agent.errors import BadInput
from desktop_agent.words import _

_HINT = "See what it takes with: {program} --help"
_ARGUMENT = r"(?:argument (?P<argument>.+?): )?"


class Parser(argparse.ArgumentParser):
    """One that speaks the user's language and raises ``BadInput`` for what it cannot take."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)
        self._positionals.title, self._optionals.title = _("what it takes"), _("options")
        for action in self._actions:
            if action.dest == "help":
                action.help = _("show this help and end")

    def error(self, message: str) -> NoReturn:
        """Raises:
        BadInput: always.
        """
        for shape, make in _SHAPES:
            if found := re.fullmatch(_ARGUMENT + shape, message, re.DOTALL):
                raise make({name: value or "" for name, value in found.groupdict().items()} | {"program": self.prog})
        raise BadInput("{message}.", hint=_HINT, message=message, program=self.prog)


class _Help(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


def _missing(fields: dict[str, str]) -> BadInput:
    return BadInput("{program} needs {names}.", hint=_HINT, **fields)


def _unknown(fields: dict[str, str]) -> BadInput:
    return BadInput("{program} does not know {words}.", hint=_HINT, **fields)


def _choice(fields: dict[str, str]) -> BadInput:
    from difflib import get_close_matches  # only for a slip

    choices = re.findall(r"[^\s,']+", fields["choices"])
    near = get_close_matches(fields["value"], choices, 1)
    told = fields | {"choices": ", ".join(choices), "near": near[0] if near else ""}
    return BadInput(
        "{argument} is one of {choices}, not '{value}'.", hint="Did you mean {near}?" if near else _HINT, **told
    )


def _number(fields: dict[str, str]) -> BadInput:
    return BadInput("{argument} takes a whole number, not '{value}'.", hint=_HINT, **fields)


def _bare(fields: dict[str, str]) -> BadInput:
    return BadInput("{argument} needs a value behind it.", hint=_HINT, **fields)


def _full(fields: dict[str, str]) -> BadInput:
    return BadInput("{argument} takes no value.", hint=_HINT, **fields)


def _several(fields: dict[str, str]) -> BadInput:
    return BadInput("{option} could mean {meant}.", hint="Write it out.", **fields)


def _own(fields: dict[str, str]) -> BadInput:
    return BadInput("{argument}: {words}.", hint=_HINT, **fields)


_SHAPES: tuple[tuple[str, Callable[[dict[str, str]], BadInput]], ...] = (
    (r"the following arguments are required: (?P<names>.+)", _missing),
    (r"unrecognized arguments: (?P<words>.+)", _unknown),
    (r"invalid choice: '?(?P<value>.*?)'? \(choose from (?P<choices>.+)\)", _choice),
    (r"invalid (?:int|_count) value: '(?P<value>.*)'", _number),
    (r"expected (?:one|at least one) argument", _bare),
    (r"ignored explicit argument .*", _full),
    (r"ambiguous option: (?P<option>\S+) could match (?P<meant>.+)", _several),
    (r"(?P<words>.+)", _own),
)
