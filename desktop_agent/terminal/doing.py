"""A line in a terminal that says what is being done, written over until there is something to read."""

from __future__ import annotations

import sys

from desktop_agent.events import Loading, Reading, Thought, TurnEvent, Waiting
from desktop_agent.terminal.output import Output
from desktop_agent.words import _


class Doing:
    """Shows what happens before the first word of an answer; nothing where standard error is no terminal."""

    def __init__(self, output: Output) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty() and not output.as_json
        self._width = 0

    def follow(self, event: TurnEvent) -> None:
        """Show the state that ``event`` tells of; whatever else it is makes room for what follows."""
        match event:
            case Waiting(ahead) if ahead:
                self._write(_("Waiting: {count} before this", count=ahead))
            case Loading(_engine, fraction):
                self._write(_("Loading the model: {percent} %", percent=round(fraction * 100)))
            case Reading(done, total) if done < total:
                self._write(_("Reading {done} of {total}", done=f"{done:,}", total=f"{total:,}"))
            case Reading() | Thought():
                self._write(_("Thinking…"))
            case _:
                self.clear()

    def clear(self) -> None:
        """Leave nothing of the line."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _write(self, text: str) -> None:
        if not self._shown:
            return
        # A Chinese character is as wide as two Latin ones.
        width = sum(1 if letter.isascii() else 2 for letter in text)
        sys.stderr.write("\r" + text + " " * max(0, self._width - width))
        sys.stderr.flush()
        self._width = max(width, self._width)
