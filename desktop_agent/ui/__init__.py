"""The window: start-up, tabs, transcript and dialogs; the only home of PySide6 and qasync."""
