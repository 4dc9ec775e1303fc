"""The place where a model's chat template runs: jinja2's sandbox, with an end in time and in memory.

jinja2's own sandbox keeps a template away from files and from Python; it does not keep it
from doubling a text forty times. Here every text that a template makes is counted.
Importing this imports jinja2 (6 MB), which only a model of one's own needs.
"""

from __future__ import annotations

import functools
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, GeneratorType
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.sandbox import ImmutableSandboxedEnvironment

SOME_DAY = time.struct_time((2024, 7, 26, 12, 0, 0, 4, 208, 0))
"""What a template that writes the date gets: a date that changes would change the prompt every day."""
MOST_ROUNDS = 100_000
"""Times that the loops over numbers of one layout may go round together."""
MOST_REPEATED = 10_000
LONGEST_SOURCE = 1 << 18
"""Characters of a template; the largest known have 30,000."""
LONGEST_TEXT, MOST_LETTERS = 1 << 22, 1 << 26
"""Characters of one text, and of all that one layout makes. A context of 32,768 tokens has about 130,000."""
MOST_SECONDS = 3.0
"""Of work, not of waiting for a busy computer. One layout takes milliseconds."""

_MULTIPLYING = frozenset(
    (
        "replace",
        "join",
        "translate",
        "expandtabs",
        "format",
        "format_map",
        "center",
        "ljust",
        "rjust",
        "zfill",
        "indent",
    )
)
"""What can make more letters than it was given: at most their product."""
_KEEPING = frozenset(("namespace", "dict", "string", "int", "float", "default", "d", "abs", "min", "max", "list"))
"""What makes nothing large out of a large number."""
_LEFT_OUT = ("urlize", "wordwrap", "striptags", "pprint", "random", "xmlattr")
"""Filters that are slow on hostile text, or say something else each time; no chat template needs them."""
_WIDE = re.compile(r"\d{5}|\*")


class TooMuch(jinja2.TemplateRuntimeError):
    """The template wants more time or memory than any honest one."""


class _Generator(CodeGenerator):
    """Lets ``~`` be counted, too; jinja2 only lets other operators be watched."""

    def visit_Concat(self, node: nodes.Concat, frame: Any) -> None:
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for one template; ``begun`` stands around each use of it."""

    code_generator_class = _Generator
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self) -> None:
        super().__init__(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"], finalize=self._counted
        )
        self._rounds = self._letters = 0
        # An attribute, as jinja2 has it: the compiled template asks for ``environment.concat``.
        self.concat = self._concatenated  # type: ignore[method-assign]
        self.globals = {
            name: value for name, value in self.globals.items() if name in ("dict", "namespace", "joiner", "cycler")
        }
        self.globals |= {"raise_exception": _refuse, "strftime_now": _some_day, "range": self._range}
        self.filters["tojson"] = _to_json
        self.filters = {name: self._watched(name, work) for name, work in self.filters.items() if name not in _LEFT_OUT}

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Count from nothing; a template that runs inside too long fails with ``TooMuch``."""
        self._rounds = self._letters = 0
        end = time.thread_time() + MOST_SECONDS

        def step(_frame: FrameType, _event: str, _told: object) -> Any:
            if time.thread_time() > end:
                raise TooMuch("too slow")
            return step

        def call(frame: FrameType, event: str, told: object) -> Any:
            # Its lines alone are watched: loops are there, and everything else is done in one bounded step.
            return step(frame, event, told) if frame.f_code.co_filename == "<template>" else None

        before = sys.gettrace()
        sys.settrace(call)
        try:
            yield
        finally:
            sys.settrace(before)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or any(isinstance(side, int) and abs(side) > MOST_REPEATED for side in (left, right)):
            raise TooMuch("too large")
        if operator != "+" and not (isinstance(left, int | float) and isinstance(right, int | float)):
            _product("format", (left, right))
        return self._counted(super().call_binop(context, operator, left, right))

    def call(self, context: Any, work: Any, /, *args: Any, **named: Any) -> Any:
        args = _collected(args)
        _check_call(getattr(work, "__name__", ""), (getattr(work, "__self__", None), *args, *named.values()))
        return self._counted(super().call(context, work, *args, **named))

    def joined(self, parts: tuple[Any, ...]) -> str:
        """What ``~`` makes."""
        for part in parts:
            self._counted(part)
        return "".join(map(str, parts))

    def _watched(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(work)
        def watched(*args: Any, **named: Any) -> Any:
            args = _collected(args)
            _check_call(name, (*args, *named.values()))
            return self._counted(work(*args, **named))

        return watched

    def _counted(self, value: Any) -> Any:
        """The value itself, when the template may have so much more."""
        if not isinstance(value, int | float):
            self._letters += _weight(value)
            if self._letters > MOST_LETTERS:
                raise TooMuch("too many letters")
        return value

    def _concatenated(self, parts: Iterable[str]) -> str:
        found, length = [], 0
        for part in parts:
            length += len(part)
            if length > LONGEST_TEXT:
                raise TooMuch("too long")
            found.append(part)
        return "".join(found)

    def _range(self, *bounds: int) -> range:
        rounds = range(*bounds)
        self._rounds += len(rounds)
        if self._rounds > MOST_ROUNDS:
            raise TooMuch("too many rounds")
        return rounds


def _collected(args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments; what would come one by one is in lists, so that it can be counted."""
    return tuple(list(value) if isinstance(value, GeneratorType) else value for value in args)


def _check_call(name: str, given: Sequence[Any]) -> None:
    """See whether a function or a filter could give more than one text may have.

    Raises:
        TooMuch: it could.
    """
    if name not in _KEEPING and any(isinstance(value, int) and abs(value) > MOST_REPEATED for value in given):
        raise TooMuch("too large")
    if name == "replace":
        texts = [value for value in given if isinstance(value, str)]
        given = (*texts[:1], *texts[-1:], *(value for value in given if not isinstance(value, str | int)))
    if name in _MULTIPLYING:
        _product(name, given)


def _weight(value: Any) -> int:
    """Letters and values in ``value``, counted through lists as often as they would be written.

    Raises:
        TooMuch: they are more than one text may have.
    """
    total, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            total += len(one)
        elif isinstance(one, dict):
            waiting.extend((*one.keys(), *one.values()))
        elif isinstance(one, list | tuple | set):
            waiting.extend(one)
        total += 1
        if total + len(waiting) > LONGEST_TEXT:
            raise TooMuch("too long")
    return total


def _product(name: str, given: Iterable[Any]) -> None:
    """Refuse to combine what could give too long a text."""
    product = 1
    for value in given:
        if isinstance(value, str) and name.startswith("format") and _WIDE.search(value):
            raise TooMuch("too wide")
        product *= max(1, abs(value)) if isinstance(value, int) else _weight(value)
        if product > MOST_LETTERS:
            raise TooMuch("too long")


def _refuse(message: str) -> NoReturn:
    raise jinja2.TemplateRuntimeError(message)


def _some_day(layout: str) -> str:
    return time.strftime(layout, SOME_DAY)


def _to_json(value: object, indent: int | None = None, **_: object) -> str:
    _weight(value)
    # jinja2's own filter escapes <, > and & for web pages.
    return json.dumps(value, ensure_ascii=False, indent=indent)
