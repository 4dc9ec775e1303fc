"""What the window remembers between two starts: place, tab, conversation, and what was being written."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from desktop_agent.letters import LONGEST_MESSAGE
from desktop_agent.system import write_atomically


@dataclass(slots=True)
class WindowState:
    """Read before the first paint, written when the window closes and now and then before.

    ``geometry`` is what Qt gives for a window, in base64; ``draft`` the text not sent yet.
    """

    geometry: str = ""
    tab: str = "chat"
    conversation: int | None = None
    draft: str = ""
    list_shown: bool = False
    """Whether there were conversations to list; before the first there are none."""

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
        kept = asdict(self)
        kept["draft"] = self.draft[:LONGEST_MESSAGE]
        write_atomically(path, json.dumps(kept, ensure_ascii=True, indent=1))


def _sound(found: dict[str, Any]) -> dict[str, Any]:
    start = WindowState()
    sound = {}
    for field in fields(WindowState):
        kinds = (int, type(None)) if field.name == "conversation" else (type(getattr(start, field.name)),)
        # type, not isinstance: JSON's true is no conversation.
        if field.name in found and type(found[field.name]) in kinds:
            sound[field.name] = found[field.name]
    return sound
