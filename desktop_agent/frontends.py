"""The faces of the program and what each needs: the window a display, the terminal chat nothing."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent import installation
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.runtime.serving import Service
    from desktop_agent.terminal.output import Output


def show_box(text: str) -> None:
    """Show ``text`` in a box of Windows when the program has no console: nobody would read it otherwise."""
    if sys.platform == "win32" and sys.stderr is None:
        import ctypes

        stop_sign = 0x10
        ctypes.windll.user32.MessageBoxW(None, text, "Desktop Agent", stop_sign)


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


def service(app: App) -> Service:
    """The service of ``app``, which is off: light, because aiohttp comes with its start."""
    from desktop_agent.server.service import LocalService

    return LocalService(app)


async def serve(app: App, output: Output) -> int:
    """Answer other programs until this one is told to end; the exit status."""
    from desktop_agent.app import serving
    from desktop_agent.terminal.serve import serve as answer

    async with serving(app, service) as served:
        return await answer(served, output)


def window(folder: Folder, settings: Settings, *, model: Path | None = None, picture: Path | None = None) -> int:
    """Open the window; the exit status when it is closed.

    The model in ``model`` is to answer from now on. With ``picture`` the window only lives to be photographed.

    With no display: one sentence that says what to do, and 1.
    """
    if display_missing():
        print(
            _("There is no display here, so the window cannot open. Chat in the terminal with: desktop-agent chat"),
            file=sys.stderr,
        )
        return 1
    # What a start makes is kept, and looking through it for garbage again and again takes a tenth of the time. The
    # window collects its garbage itself (ui/upkeep.py) as soon as it is open.
    gc.disable()
    # Here, not above: nothing else needs Qt.
    try:
        from desktop_agent.ui.start import main
    except ImportError as error:
        damage = installation.damage()
        reason = damage.told() if damage else f"{error}."
        text = _(
            "The window needs a part that is missing: {reason} Chat in the terminal with: desktop-agent chat",
            reason=reason,
        )
        print(text, file=sys.stderr)
        show_box(text)
        return 1
    return main(folder, settings, model=model, picture=picture, make_service=service)
