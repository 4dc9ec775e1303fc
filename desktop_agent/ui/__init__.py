"""The window: start-up, tabs, transcript and dialogs; the only home of PySide6 and qasync.

PySide6 puts itself before every later import, reads the source of the imported module in search of its own name, for
``from __feature__ import snake_case``, and keeps all the text: 5 ms of the start and 1.3 MB of the idle window. Nobody
here writes snake_case methods of Qt, so imports are plain again. Only whoever loads this package before PySide6, as the
program does, feels it: PySide6 undoes it otherwise when the import of this package ends.
"""

import builtins

import PySide6.QtCore  # noqa: F401 - what stands in the way comes with it

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
