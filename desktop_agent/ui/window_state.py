"""What the window remembers between two starts: place, tab, conversation, and what was being written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop_agent.letters import LONGEST_MESSAGE
from desktop_agent.system import write_atomically


class WindowState:
    """Read before the first paint, written when the window closes and now and then before.

    ``geometry`` is what Qt gives for a window, in base64; ``draft`` the text not sent yet.
    ``list_shown`` is whether there were conversations to list: before the first there are none.
    """

    # No dataclass: the window is painted sooner without that module.
    def __init__(
        self,
        geometry: str = "",
        tab: str = "chat",
        conversation: int | None = None,
        draft: str = "",
        *,
        list_shown: bool = False,
    ) -> None:
        self.geometry, self.tab, self.conversation = geometry, tab, conversation
        self.draft, self.list_shown = draft, list_shown

    def copy(self) -> WindowState:
        """The state as it is now, which does not change any more."""
        return WindowState(**vars(self))

    @classmethod
    def read(cls, path: Path) -> WindowState:
        """The state kept in ``path``; whatever is missing or damaged there is as at the first start."""
        try:
            found = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            return cls()
        return cls(**_sound(found)) if isinstance(found, dict) else cls()

    def write(self, path: Path) -> None:
        """Keep it in ``path``.

        Raises:
            StorageError: the disk is full or the folder may not be written.
        """
        kept = vars(self) | {"draft": self.draft[:LONGEST_MESSAGE]}
        write_atomically(path, json.dumps(kept, ensure_ascii=True, indent=1))


def _sound(found: dict[str, Any]) -> dict[str, Any]:
    sound = {}
    for name, usual in vars(WindowState()).items():
        kinds = (int, type(None)) if name == "conversation" else (type(usual),)
        # type, not isinstance: JSON's true is no conversation.
        if name in found and type(found[name]) in kinds:
            sound[name] = found[name]
    return sound
