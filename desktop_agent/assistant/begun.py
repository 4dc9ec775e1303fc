"""A turn whose question is stored."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_agent.assistant.direct import Guest
from desktop_agent.messages import Conversation, Message
from desktop_agent.runtime.tasks import Priority


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that may run: ``row`` waits for the answer, ``said`` is what stands in it already."""

    talk: Conversation
    question: Message
    row: Message
    said: str = ""
    fresh: bool = True
    """Whether the question is a new one, for which notes and help are still to be found."""
    guest: Guest | None = None
    """The other program that asks; None is the user of this one."""

    @property
    def priority(self) -> Priority:
        """Guests come behind the user."""
        return Priority.CLIENT if self.guest else Priority.ANSWER

    @property
    def owner(self) -> str:
        """Who takes turns with others of the same priority."""
        return self.guest.owner if self.guest else f"conversation {self.talk.id}"
