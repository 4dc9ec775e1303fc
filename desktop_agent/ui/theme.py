"""Colours, fonts and the style sheet, in a light and a dark form.

Widgets that paint themselves ask ``colours()`` at each paint and never keep a
colour: the theme may change while the window is open.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_agent.ui.stylesheet import style_sheet

RADIUS = 8
"""Corners of buttons and fields, in logical pixels; cards have half as much again."""

COLUMN, SIDE = 700.0, 24.0
"""The column of text is at most this wide at the usual text size, about 90 letters in a line; the least margin."""


class Colours(NamedTuple):
    """One theme's palette, each as ``#RRGGBB``.

    ``quiet`` is the muted text on tinted ground (side, code, bubble) and ``warning_text``
    the warning on its own soft ground: the plain ones fall below 4.5 : 1 there.
    """

    window: str
    panel: str
    side: str
    line: str
    text: str
    muted: str
    quiet: str
    accent: str
    accent_soft: str
    on_accent: str
    accent_hover: str
    hover: str
    bubble: str
    code: str
    warning: str
    warning_soft: str
    warning_text: str
    bad: str
    good: str
    dark: bool


LIGHT = Colours(
    window="#F6F6F3",
    panel="#FFFFFF",
    side="#EFEFEA",
    line="#DFDFD8",
    text="#1F2421",
    muted="#6B736E",
    quiet="#5E6661",
    accent="#0F766E",
    accent_soft="#D9EEEA",
    on_accent="#FFFFFF",
    accent_hover="#0C645D",
    hover="#F1F1EC",
    bubble="#E3EFEC",
    code="#F1F1EC",
    warning="#B45309",
    warning_soft="#FBEBD3",
    warning_text="#9A4505",
    bad="#B42318",
    good="#15803D",
    dark=False,
)

DARK = Colours(
    window="#171A19",
    panel="#1E2221",
    side="#131615",
    line="#2D3331",
    text="#E7EAE8",
    muted="#98A29D",
    quiet="#98A29D",
    accent="#4FB8AC",
    accent_soft="#1F3A37",
    on_accent="#08211E",
    accent_hover="#66C9BE",
    hover="#252A29",
    bubble="#22312F",
    code="#161918",
    warning="#E2A23B",
    warning_soft="#3A2E18",
    warning_text="#E2A23B",
    bad="#F08A80",
    good="#6CC28A",
    dark=True,
)


class Size(StrEnum):
    """What a text is for; its size follows, in steps around the size the user chose."""

    SMALL = "small"
    """Captions, chips, the status line."""
    CONTROL = "control"
    """Buttons, fields, lists."""
    BODY = "body"
    """What people and the assistant write; tabs."""
    HEADING = "heading"
    TITLE = "title"


_PIXELS = {Size.SMALL: 12, Size.CONTROL: 13, Size.BODY: 14, Size.HEADING: 17, Size.TITLE: 24}

_in_use: Colours = LIGHT
_scale = 1.0


def colours() -> Colours:
    """The palette in use."""
    return _in_use


def pixels(size: Size) -> int:
    """Height of a text of this size in logical pixels, at the text size the user chose."""
    return max(9, round(_PIXELS[size] * _scale))


def column() -> float:
    """Greatest width of the column of text, at the text size the user chose."""
    return COLUMN * max(1.0, _scale)


def font(size: Size = Size.BODY, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The interface's font in one of its sizes."""
    letters = QFont(families())
    letters.setPixelSize(pixels(size))
    letters.setWeight(weight)
    return letters


def code_font() -> QFont:
    """The font of code blocks and inline code."""
    letters = QFont(code_families())
    letters.setStyleHint(QFont.StyleHint.Monospace)
    letters.setFixedPitch(True)
    letters.setPixelSize(max(9, pixels(Size.BODY) - 1))
    return letters


def families() -> list[str]:
    """Fonts for text, best first."""
    if sys.platform == "win32":
        return ["Segoe UI", "Microsoft YaHei UI"]
    return ["Inter", "Noto Sans", "Noto Sans CJK SC", "DejaVu Sans"]


def code_families() -> list[str]:
    """Fonts for code, best first."""
    if sys.platform == "win32":
        return ["Cascadia Mono", "Consolas", "Microsoft YaHei UI"]
    return ["DejaVu Sans Mono", "Noto Sans Mono", "Noto Sans Mono CJK SC"]


def colour(name: str) -> QColor:
    """``#RRGGBB`` as a colour to paint with."""
    return QColor(name)


def wants_dark(choice: str) -> bool:
    """Whether ``choice`` (``light``, ``dark`` or ``system``) means the dark theme now."""
    if choice == "system":
        return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return choice == "dark"


def use(application: QApplication, *, dark: bool, percent: int = 100) -> None:
    """Dress the whole program; ``percent`` is the text size the user chose, 100 is the usual one."""
    choose(application, dark=dark, percent=percent)
    style(application)


def choose(application: QApplication, *, dark: bool, percent: int = 100) -> None:
    """Colours, font and palette: what widgets that are being made ask for."""
    global _in_use, _scale
    _in_use, _scale = (DARK if dark else LIGHT), percent / 100
    application.setFont(font(Size.CONTROL))
    application.setPalette(_palette(_in_use))


def style(application: QApplication) -> None:
    """The style sheet of the chosen colours.

    At start after the widgets were made: under a style sheet each widget that gets a parent is styled anew with all
    that it holds (8 ms).
    """
    application.setStyleSheet(style_sheet(_in_use._asdict(), {size.value: pixels(size) for size in Size}, RADIUS))


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for one, name in (
        (role.Window, c.window),
        (role.WindowText, c.text),
        (role.Base, c.panel),
        (role.AlternateBase, c.window),
        (role.Text, c.text),
        (role.PlaceholderText, c.muted),
        (role.Button, c.panel),
        (role.ButtonText, c.text),
        (role.BrightText, c.bad),
        (role.ToolTipBase, c.panel),
        (role.ToolTipText, c.text),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Link, c.accent),
        (role.LinkVisited, c.accent),
        (role.Light, c.panel),
        (role.Midlight, c.line),
        (role.Mid, c.line),
        (role.Dark, c.muted),
        (role.Shadow, c.line),
        (role.Accent, c.accent),
    ):
        palette.setColor(one, QColor(name))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(c.muted))
    return palette
