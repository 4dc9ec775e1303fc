"""What may be asked at all."""

from __future__ import annotations

from desktop_agent.errors import BadInput, TooLong
from desktop_agent.messages import LONGEST_MESSAGE, clean


def checked(text: str) -> str:
    """``text`` as it may be stored and asked.

    Raises:
        BadInput: nothing is left of it.
        TooLong: it is longer than ``LONGEST_MESSAGE`` characters.
    """
    text = clean(text).strip()
    if not text:
        raise BadInput("The message is empty.", hint="Write something first.")
    if len(text) > LONGEST_MESSAGE:
        raise TooLong(
            "The message has {length} characters; {most} is the most.",
            hint="Send it in parts, or only the part that matters.",
            length=f"{len(text):,}",
            most=f"{LONGEST_MESSAGE:,}",
        )
    return text
