"""The question about a model that is too large for the memory that is free."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_agent.ui.ask import choose
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.inference.fit import Fit


def ask_about(
    parent: QWidget, fit: Fit, load_anyway: Callable[[], object], use_smaller: Callable[[int], object]
) -> None:
    """Ask what to do with it; ``use_smaller`` is offered, with a number of tokens, when less context makes it fit."""
    error, tokens = fit.error(), fit.smaller_context
    choices: list[tuple[str, Callable[[], object]]] = [(_("Load anyway"), load_anyway)]
    if tokens:
        choices.insert(0, (_("Use a context of {tokens} tokens", tokens=tokens), lambda: use_smaller(tokens)))
    choose(parent, error.said(), error.advice(), choices)
