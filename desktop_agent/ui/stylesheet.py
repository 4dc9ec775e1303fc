"""The style sheet of the window.

Rules speak of kinds (``kind="primary"``), never of single widgets. A kind is
given when a widget is made (``widgets.py``) and is not changed later: Qt reads
it only once.
"""

from __future__ import annotations

from collections.abc import Mapping


def style_sheet(colours: Mapping[str, object], pixels: Mapping[str, int], radius: int) -> str:
    """Rules for one theme: ``colours`` by the names of ``theme.Colours``, ``pixels`` the heights of the text sizes."""
    fields = dict(colours) | {f"px_{name}": size for name, size in pixels.items()}
    # Rows have one height in all languages: Chinese letters stand higher than Latin ones and need no more room.
    rows = {"row": pixels["control"] + 5, "row_body": pixels["body"] + 5}
    return _RULES % (fields | rows | {"r": radius, "r_card": radius + radius // 2})


_RULES = """
* { outline: none; }
QMainWindow, QDialog, #page { background: %(window)s; color: %(text)s; }
QToolTip { background: %(panel)s; color: %(text)s; border: 1px solid %(line)s; padding: 4px; }
QLabel { background: transparent; color: %(text)s; }
QLabel[kind="muted"] { color: %(muted)s; font-size: %(px_control)spx; }
QLabel[kind="muted-body"] { color: %(muted)s; font-size: %(px_body)spx; }
QLabel[kind="small"] { color: %(muted)s; font-size: %(px_small)spx; }
QLabel[kind="good"] { color: %(good)s; font-size: %(px_control)spx; font-weight: 600; }
QLabel[kind="bad"] { color: %(bad)s; font-size: %(px_control)spx; }
QLabel[kind="body"] { font-size: %(px_body)spx; }
QLabel[kind="strong"] { font-size: %(px_body)spx; font-weight: 600; }
QLabel[kind="heading"] { font-size: %(px_heading)spx; font-weight: 600; }
QLabel[kind="title"] { font-size: %(px_title)spx; font-weight: 600; }
QLabel[kind="pill"], QLabel[kind="pill-warning"], QLabel[kind="pill-bad"], QLabel[kind="pill-quiet"] {
  border-radius: 6px; padding: 2px 7px; font-size: %(px_small)spx; }
QLabel[kind="pill"] { background: %(accent_soft)s; color: %(accent)s; }
QLabel[kind="pill-warning"] { background: %(warning_soft)s; color: %(warning_text)s; }
QLabel[kind="pill-bad"] { background: %(warning_soft)s; color: %(bad)s; }
QLabel[kind="pill-quiet"] { background: %(side)s; color: %(quiet)s; }

QFrame[kind="card"], QFrame[kind="card-chosen"] {
  background: %(panel)s; border: 1px solid %(line)s; border-radius: %(r_card)spx; }
QFrame[kind="card-chosen"] { border-color: %(accent)s; }
QFrame[kind="side"] { background: %(side)s; border: none; border-right: 1px solid %(line)s; }
QFrame[kind="bar"] { background: %(panel)s; border: none; border-bottom: 1px solid %(line)s; }
QFrame[kind="status"] { background: %(panel)s; border: none; border-top: 1px solid %(line)s; }
QFrame[kind="banner"] { background: %(warning_soft)s; border: none; border-bottom: 1px solid %(line)s; }
QFrame[kind="banner"] QLabel { color: %(text)s; }
QFrame[kind="line"] { background: %(line)s; border: none; max-height: 1px; min-height: 1px; }

QPushButton { border-radius: %(r)spx; padding: 7px 12px; font-size: %(px_control)spx; font-weight: 500;
  min-height: %(row)spx; max-height: %(row)spx;
  background: %(panel)s; color: %(text)s; border: 1px solid %(line)s; }
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed { background: %(line)s; }
QPushButton:focus { border-color: %(accent)s; }
QPushButton:disabled { color: %(muted)s; }
QPushButton[kind="primary"] {
  background: %(accent)s; color: %(on_accent)s; border-color: %(accent)s; }
QPushButton[kind="primary"]:hover { background: %(accent_hover)s; border-color: %(accent_hover)s; }
QPushButton[kind="primary"]:focus { border-color: %(text)s; }
QPushButton[kind="primary"]:disabled { background: %(line)s; border-color: %(line)s; color: %(quiet)s; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 0 3px;
  color: %(muted)s; font-size: %(px_control)spx; font-weight: 400; }
QPushButton[kind="link"]:hover { color: %(accent)s; }
QPushButton[kind="link"]:focus { border-color: %(accent)s; }
QPushButton[kind="tab"] { background: transparent; border: 1px solid transparent; color: %(muted)s; padding: 6px 13px;
  font-size: %(px_body)spx; font-weight: 500; min-height: %(row_body)spx; max-height: %(row_body)spx; }
QPushButton[kind="tab"]:hover { color: %(text)s; }
QPushButton[kind="tab"]:checked { background: %(accent_soft)s; color: %(accent)s; }
QPushButton[kind="tab"]:focus { border-color: %(accent)s; }
QPushButton[kind="chip"] { padding: 5px 26px 5px 26px; font-weight: 400; }
QFrame[kind="chip"] { background: %(panel)s; border: 1px solid %(line)s; border-radius: %(r)spx; }
QLabel[kind="chip"] { font-size: %(px_control)spx; background: transparent; border: none; }
QPushButton::menu-indicator { image: none; width: 0; }

QAbstractScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; }
QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox {
  background: %(panel)s; color: %(text)s; border: 1px solid %(line)s; border-radius: %(r)spx;
  padding: 6px 10px; font-size: %(px_control)spx;
  placeholder-text-color: %(muted)s;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s; }
QLineEdit { padding: 7px 10px; min-height: %(row)spx; max-height: %(row)spx; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border-color: %(accent)s; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: %(muted)s; background: %(window)s; }
QPlainTextEdit[kind="bare"], QTextEdit[kind="bare"], QLineEdit[kind="bare"] {
  background: transparent; border: none; padding: 0; font-size: %(px_body)spx; }
QComboBox { padding-right: 26px; combobox-popup: 0; }
QComboBoxPrivateContainer { background: %(panel)s; border: none; }
QComboBox::drop-down { border: none; width: 0; }
QComboBox QAbstractItemView { background: %(panel)s; color: %(text)s; border: 1px solid %(line)s; padding: 4px;
  outline: none; }
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: %(accent_soft)s; color: %(text)s; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }

QCheckBox, QRadioButton { color: %(text)s; font-size: %(px_control)spx; spacing: 8px; background: transparent; }
QSlider { background: transparent; min-height: 24px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: %(line)s; }
QSlider::sub-page:horizontal { background: %(accent)s; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
  background: %(panel)s; border: 2px solid %(accent)s; }
QSlider::handle:horizontal:focus, QSlider::handle:horizontal:hover { background: %(accent_soft)s; }
QSlider::sub-page:horizontal:disabled { background: %(muted)s; }
QSlider::handle:horizontal:disabled { border-color: %(muted)s; }
QProgressBar { background: %(line)s; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 3px; }

QMenu { background: %(panel)s; color: %(text)s; border: 1px solid %(line)s; border-radius: %(r)spx; padding: 5px; }
QMenu::item { padding: 7px 26px 7px 12px; border-radius: 5px; font-size: %(px_control)spx; }
QMenu::item:selected { background: %(accent_soft)s; color: %(accent)s; }
QMenu::item:disabled { color: %(muted)s; background: transparent; }
QMenu::separator { height: 1px; background: %(line)s; margin: 5px 8px; }

QListView, QTableView, QTreeView { background: transparent; color: %(text)s; border: none; font-size: %(px_control)spx;
  selection-background-color: %(accent_soft)s; selection-color: %(text)s; gridline-color: %(line)s; }
QListView:window { background: %(panel)s; border: 1px solid %(line)s; }
QListView[kind="nav"]::item { color: %(text)s; border: 1px solid transparent; border-radius: %(r)spx;
  padding: 7px 8px; margin: 1px 0; }
QListView[kind="nav"]::item:hover { background: %(line)s; }
QListView[kind="nav"]::item:selected { background: %(panel)s; border-color: %(line)s; font-weight: 500; }
QListView[kind="nav"]:focus::item:selected { border-color: %(accent)s; }
QTableView::item { border: none; border-bottom: 1px solid %(line)s; padding: 4px 5px; }
QTableView::item:selected { background: %(accent_soft)s; color: %(text)s; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: %(muted)s; border: none; border-bottom: 1px solid %(line)s;
  padding: 6px 8px; font-size: %(px_control)spx; font-weight: 500; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: %(line)s; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: %(muted)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
