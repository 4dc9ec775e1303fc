"""What a setting is, and how text becomes its value.

A setting's ``step`` shapes the control in the window only: text may name any
value within the range.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import Any, Generic, TypeVar, cast

from desktop_agent.errors import BadInput
from desktop_agent.letters import clean

Value = bool | int | float | str
T = TypeVar("T", bound=Value)

ON, OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0")
SHOWN_CHARACTERS = 40


class Applies(Enum):
    """When a changed value is felt."""

    NOW = "At once."
    NEXT_ANSWER = "From the next answer on."
    MODEL_RELOAD = "When the model is loaded again, which happens before the next answer."
    RESTART = "When the program starts again."


class Group(Enum):
    """A page of the settings tab, in this order."""

    GENERAL = ("General", "How the window looks and speaks.")
    MODEL = ("Model", "Which model answers, and how much of this laptop it may use.")
    REMOTE = ("Remote models", "Models on another computer or in another program, for the conversations you choose.")
    PERFORMANCE = ("Performance", "How much is done at the same time.")
    MEMORY = ("Memory", "What the assistant remembers, and how much of it a question brings back.")
    SERVER = ("Local server", "Answers for other programs on this computer.")
    PRIVACY = ("Privacy", "What is written down on this computer.")

    def __init__(self, title: str, help: str) -> None:  # noqa: A002 - the word the window uses
        self.title = title
        self.help = help


class Setting(Generic[T]):
    """One thing a user may decide; each is itself and equal to no other.

    ``low`` and ``high`` bound a number, both included; for text ``high`` is the most
    characters. ``choices`` are all the values there are, ``choice_titles`` their names
    in the same order. ``zero`` is what the window shows for 0 when 0 is no number but
    a word. All texts are English; faces translate them.
    """

    # No dataclass: the window is painted sooner without that module.
    def __init__(
        self,
        name: str,
        kind: type[T],
        default: T,
        group: Group,
        title: str,
        help: str,  # noqa: A002 - the word the window uses
        applies: Applies,
        *,
        low: float | None = None,
        high: float | None = None,
        step: float | None = None,
        choices: tuple[T, ...] = (),
        choice_titles: tuple[str, ...] = (),
        unit: str = "",
        zero: str = "",
        lines: int = 1,
        advanced: bool = False,
    ) -> None:
        self.name, self.kind, self.default, self.group = name, kind, default, group
        self.title, self.help, self.applies = title, help, applies
        self.low, self.high, self.step = low, high, step
        self.choices, self.choice_titles = choices, choice_titles
        self.unit, self.zero, self.lines, self.advanced = unit, zero, lines, advanced

    @property
    def variable(self) -> str:
        """The environment variable that decides it."""
        return f"DESKTOP_AGENT_{self.name.upper()}"

    def parse(self, given: object) -> T:
        """The value that ``given``, text or a value of the right type, stands for.

        Raises:
            BadInput: it stands for none; the sentence tells what is taken.
        """
        value = self._from_text(given) if isinstance(given, str) else self._from_value(given)
        if value is None:
            raise self._refused(given)
        if self.choices and value not in self.choices:
            raise self._refused(given)
        if self.kind is str:
            if self.high is not None and len(cast(str, value)) > self.high:
                raise self._refused(given)
        elif self.low is not None and self.high is not None and not self.low <= cast(float, value) <= self.high:
            raise self._refused(given)
        return value

    def text(self, value: T) -> str:
        """``value`` as ``parse`` takes it."""
        if isinstance(value, bool):
            return "on" if value else "off"
        return f"{value:g}" if isinstance(value, float) else str(value)

    def shown(self, value: T) -> str:
        """``value`` as the window names it, without its unit, in English."""
        if self.choices:
            return self.choice_titles[self.choices.index(value)]
        return self.zero if self.zero and not value else self.text(value)

    def _from_text(self, given: str) -> T | None:
        if self.kind is str:
            text = clean(given)
            if "\n" in text or not self.choices:
                return cast(T, text)
            word = text.strip()
            return next((choice for choice in self.choices if str(choice).lower() == word.lower()), cast(T, word))
        word = given.strip().lower()
        if self.kind is bool:
            return cast(T, word in ON) if word in ON or word in OFF else None
        try:
            number: Any = self.kind(word)
        except ValueError:
            return None
        return cast(T, number) if math.isfinite(number) else None

    def _from_value(self, given: object) -> T | None:
        # True is an int to Python, but nobody means 1 by it.
        if self.kind is bool or isinstance(given, bool):
            return cast(T, given) if self.kind is bool and isinstance(given, bool) else None
        if self.kind is float and isinstance(given, int | float):
            return cast(T, float(given)) if math.isfinite(given) else None
        return given if isinstance(given, self.kind) else None

    def _refused(self, given: object) -> BadInput:
        value = clean(str(given)).replace("\n", " ")
        if len(value) > SHOWN_CHARACTERS:
            value = f"{value[:SHOWN_CHARACTERS]}…"
        fields: dict[str, Any] = {"name": self.name, "value": value}
        if self.choices:
            fields["choices"] = ", ".join(self.text(choice) for choice in self.choices)
            near = [choice for choice in map(self.text, self.choices) if value and choice.startswith(value.lower())]
            return BadInput(
                "{name} takes one of {choices}, not '{value}'.",
                hint="Did you mean {near}?" if len(near) == 1 else "",
                near="".join(near[:1]),
                **fields,
            )
        if self.kind is bool:
            return BadInput("{name} takes on or off, not '{value}'.", **fields)
        if self.kind is str:
            if not isinstance(given, str):
                return BadInput("{name} takes text, not '{value}'.", **fields)
            fields |= {"most": digits(self.high), "count": len(given)}
            return BadInput("{name} takes at most {most} characters, not {count}.", **fields)
        fields |= {"low": digits(self.low), "high": digits(self.high)}
        if self.kind is int:
            return BadInput("{name} takes a whole number from {low} to {high}, not '{value}'.", **fields)
        return BadInput("{name} takes a number from {low} to {high}, not '{value}'.", **fields)


def digits(number: float | None) -> str:
    """``number`` as a person writes it: "1000000" and "0.05", never "1e+06"."""
    return "" if number is None else str(int(number)) if number == int(number) else str(number)
