"""What is being written in each conversation, kept while the user goes from one to another and over a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.composer import Composer


class DraftKeeper:
    """The draft in view. What the window wrote before its first paint is the draft of the open conversation."""

    def __init__(self, app: App, composer: Composer) -> None:
        self._app, self._composer = app, composer
        self._conversation: int | None = None
        self._known = ""
        """What is stored of the draft in view."""

    @property
    def conversation(self) -> int | None:
        """Whose draft is in view; None is the chat that does not exist yet."""
        return self._conversation

    async def keep(self) -> None:
        """Store what is written now."""
        conversation, text = self._conversation, self._composer.draft()
        if text != self._known:
            self._known = text
            await self._app.drafts.keep(conversation, text)

    async def turn_to(self, conversation: int | None, *, first: bool = False) -> None:
        """Keep the draft in view and show the one of ``conversation``; at the ``first`` time what is written stays."""
        if not first:
            await self.keep()
        stored = await self._app.drafts.of(conversation)
        self._conversation, self._known = conversation, stored
        if first and self._composer.text().strip():
            return  # written before the program was open, or kept by the window itself
        if self._composer.text() != stored:
            self._composer.write(stored)

    def moved(self, conversation: int) -> None:
        """The new chat in view has become ``conversation``; its draft was sent."""
        self._conversation = conversation
