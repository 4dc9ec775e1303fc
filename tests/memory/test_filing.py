"""Pinned conversations, and the trash."""

from __future__ import annotations

import pytest

from desktop_agent.errors import NotFound
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.filing import Filing


@pytest.fixture
def filing(database: Database, conversations: Conversations) -> Filing:
    return Filing(database, conversations)


async def _titles(conversations: Conversations) -> list[str]:
    return [one.title for one in await conversations.all()]


async def test_a_pinned_conversation_stays_on_top_until_it_is_not_pinned_any_more(
    conversations: Conversations, filing: Filing
) -> None:
    old = await conversations.create("old")
    await conversations.create("new")
    assert await _titles(conversations) == ["new", "old"]
    assert (await filing.pin(old.id, True)).pinned
    assert await _titles(conversations) == ["old", "new"]
    await filing.pin(old.id, False)
    assert await _titles(conversations) == ["new", "old"]


async def test_what_is_in_the_trash_is_neither_listed_nor_found_and_comes_back_as_it_was(
    conversations: Conversations, filing: Filing
) -> None:
    made = await conversations.create("garden")
    question = await conversations.add_question(made.id, "When do tulips bloom?")
    other = await conversations.create("other")
    await conversations.add_question(other.id, "Do tulips need sun?")
    await filing.throw_away(made.id)
    assert await _titles(conversations) == ["other"]
    assert [hit.conversation.id for hit in await conversations.find("tulips", limit=1)] == [other.id]
    assert [one.id for one in await filing.thrown_away()] == [made.id]
    back = await filing.take_back(made.id)
    assert back.thrown_away is None
    assert await _titles(conversations) == ["other", "garden"]
    assert await conversations.messages(made.id) == (question,)
    assert await filing.thrown_away() == ()


async def test_emptying_deletes_for_good_what_has_been_there_for_long_enough(
    conversations: Conversations, filing: Filing, database: Database
) -> None:
    old, young = await conversations.create("old"), await conversations.create("young")
    await filing.throw_away(old.id)
    await filing.throw_away(young.id)
    month_ago = "UPDATE conversation SET thrown_away = thrown_away - 40 * 86400 WHERE id = ?"
    await database.write(lambda db: db.execute(month_ago, (old.id,)).rowcount)
    assert await filing.empty(after_days=30) == 1
    assert [one.title for one in await filing.thrown_away()] == ["young"]
    assert await filing.empty() == 1
    with pytest.raises(NotFound):
        await filing.take_back(young.id)


async def test_a_conversation_that_is_not_there_cannot_be_filed(filing: Filing) -> None:
    for act in (filing.throw_away(7), filing.take_back(7), filing.pin(7, True)):
        with pytest.raises(NotFound):
            await act
