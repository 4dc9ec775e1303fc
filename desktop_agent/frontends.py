"""The faces of the program and what each needs: the window a display, the terminal chat nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.terminal.output import Output


def display_missing() -> bool:
    """Whether a window has nowhere to go: no X11, no Wayland, and no other platform was asked for."""
    if sys.platform in ("win32", "darwin"):
        return False
    return not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def experiment(folder: Folder, output: Output, which: str, into: Path | None, *, quick: bool) -> int:
    """Measure this computer; without Qt the report has no figures."""
    from desktop_agent.terminal.experiment import experiment as measure

    if display_missing():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from desktop_agent.ui.charts import painter
    except ImportError as error:
        output.aside(_("The figures cannot be painted: {reason}", reason=error))
        return measure(folder, output, which, into, None, quick=quick)
    return measure(folder, output, which, into, painter(), quick=quick)


def window(folder: Folder, settings: Settings) -> int:
    """Open the window; the exit status when it is closed.

    With no display: one sentence that says what to do, and 1.
    """
    if display_missing():
        print(
            _("There is no display here, so the window cannot open. Chat in the terminal with: desktop-agent chat"),
            file=sys.stderr,
        )
        return 1
    # Here, not above: nothing else needs Qt.
    try:
        from desktop_agent.ui.start import main
    except ImportError as error:
        print(
            _("The window needs a part that is missing: {reason}. Chat in the terminal with: desktop-agent chat",
              reason=error),
            file=sys.stderr,
        )  # fmt: skip
        return 1
    return main(folder, settings)
