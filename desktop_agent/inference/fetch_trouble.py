"""What can go wrong while a file is fetched, and how long is waited for what."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_agent.errors import NotAvailable, StorageError


class Trouble(NotAvailable):
    """Why a source did not give the rest of a file; ``lasting`` when it is useless to ask it again soon.

    ``pause_s`` is what the source asked for; None leaves it to whoever waits.
    """

    code = "not_downloaded"

    def __init__(
        self, what: str, *, hint: str = "", lasting: bool = False, pause_s: float | None = None, **fields: object
    ) -> None:
        super().__init__(what, hint=hint, **fields)
        self.lasting = lasting
        self.pause_s = pause_s


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited, in seconds: for a connection, for the next bytes, between two tries."""

    connect_s: float = 20.0
    silence_s: float = 30.0
    first_pause_s: float = 1.0
    longest_pause_s: float = 60.0
    most_failures: int = 12
    """In a row without a byte, over all sources; then the user is told. It takes some minutes."""


def no_folder(folder: Path) -> StorageError:
    """The sentence for a folder for models that is gone."""
    return StorageError(
        "The folder for models, {folder}, is not there.",
        hint="Connect the drive it is on, or choose another folder on the page Models.",
        folder=folder,
    )
