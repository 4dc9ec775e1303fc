"""A question asked otherwise, an answer given again: both paths are kept, one is shown."""

from __future__ import annotations

from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.documents import Documents, unpacked
from desktop_agent.memory.drafts import Drafts
from desktop_agent.memory.passages import Part
from desktop_agent.messages import DocumentKind, Ending, Message, Passage


async def _turn(conversations: Conversations, conversation: int, text: str, answer: str) -> tuple[Message, Message]:
    question = await conversations.add_question(conversation, text)
    return question, await _answered(conversations, (await conversations.add_answer(conversation)).id, answer)


async def _answered(conversations: Conversations, answer: int, text: str) -> Message:
    return await conversations.finish(answer, text, Ending.COMPLETE, "echo", None)


async def _texts(conversations: Conversations, conversation: int) -> list[str]:
    return [message.text for message in await conversations.messages(conversation)]


async def test_a_question_asked_otherwise_hides_what_followed_and_keeps_it(conversations: Conversations) -> None:
    talk = (await conversations.create()).id
    await _turn(conversations, talk, "one", "1")
    second, _ = await _turn(conversations, talk, "two", "2")
    await _turn(conversations, talk, "three", "3")
    await conversations.add_question(talk, "zwei", instead_of=second.id)
    await _answered(conversations, (await conversations.add_answer(talk)).id, "II")
    assert await _texts(conversations, talk) == ["one", "1", "zwei", "II"]
    assert await conversations.show(second.id)
    assert await _texts(conversations, talk) == ["one", "1", "two", "2", "three", "3"]
    assert not await conversations.show(second.id)


async def test_the_first_question_too_can_be_asked_otherwise(conversations: Conversations) -> None:
    talk = (await conversations.create()).id
    first, _ = await _turn(conversations, talk, "one", "1")
    other = await conversations.add_question(talk, "eins", instead_of=first.id)
    assert await _texts(conversations, talk) == ["eins"]
    assert (await conversations.outline(talk)).versions[other.id] == (first.id, other.id)


async def test_an_answer_given_again_stands_beside_the_first(conversations: Conversations) -> None:
    talk = (await conversations.create()).id
    question, first = await _turn(conversations, talk, "one", "1")
    await _turn(conversations, talk, "two", "2")
    again = await _answered(conversations, (await conversations.add_answer(talk, question.id)).id, "I")
    assert await _texts(conversations, talk) == ["one", "I"]
    assert (await conversations.outline(talk)).versions == {
        first.id: (first.id, again.id),
        again.id: (first.id, again.id),
    }
    assert await conversations.question_of(again.id) == question
    await _turn(conversations, talk, "more", "+")
    assert await _texts(conversations, talk) == ["one", "I", "more", "+"]
    await conversations.show(first.id)
    assert await _texts(conversations, talk) == ["one", "1", "two", "2"]
    await conversations.show(again.id)
    assert await _texts(conversations, talk) == ["one", "I", "more", "+"]


async def test_what_the_prompt_held_is_cut_to_the_path(conversations: Conversations) -> None:
    talk = (await conversations.create()).id
    one, two = await _turn(conversations, talk, "one", "1")
    three, four = await _turn(conversations, talk, "two", "2")
    await conversations.keep(talk, [one.id, two.id, three.id, four.id], "Be brief.")
    other = await conversations.add_question(talk, "zwei", instead_of=three.id)
    assert await conversations.kept(talk) == (one.id, two.id)
    await conversations.keep(talk, [one.id, two.id, other.id], "Be brief.")
    await conversations.show(three.id)
    assert await conversations.kept(talk) == (one.id, two.id, three.id, four.id)


async def test_an_outline_has_every_message_and_the_texts_of_the_last(conversations: Conversations) -> None:
    talk = (await conversations.create()).id
    for number in range(10):
        await _turn(conversations, talk, f"question {number}", "好" * number)
    outline = await conversations.outline(talk, whole=3)
    assert len(outline.ids) == 20
    assert list(outline.asked) == [1, 0] * 10
    assert outline.sizes[-1] == 27
    assert [message.text for message in outline.newest] == ["好" * 8, "question 9", "好" * 9]
    assert [message.text for message in await conversations.some(talk, outline.ids[:2])] == ["question 0", ""]


async def test_files_belong_to_a_draft_then_to_a_question_then_to_both_forms_of_it(
    conversations: Conversations, database: Database
) -> None:
    documents = Documents(database)
    parts = [Part(1, 1, "first page", "first page"), Part(2, 2, "第二页", "第二 页")]
    plan = await documents.add("Plan\n一.pdf", DocumentKind.PDF, 1234, 2, parts, None)
    unwanted = await documents.add("other.txt", DocumentKind.TEXT, 5, 0, [Part(0, 0, "other")], None)
    assert (plan.pages, plan.letters) == (2, 13)
    assert await documents.draft(None) == (plan, unwanted)
    await documents.remove(unwanted.id)
    talk = (await conversations.create()).id
    question = await conversations.add_question(talk, "what is it?", files=[plan.id])
    assert question.files == (plan,)
    assert await documents.draft(None) == ()
    await documents.remove(plan.id)  # too late: it was sent
    await documents.place(question.id, [Passage(plan.id, plan.name, 2, 2, "第二页")])
    other = await conversations.add_question(talk, "what was it?", instead_of=question.id)
    assert other.files == (plan,) and other.passages == ()
    assert await documents.of(talk) == (plan,)
    assert unpacked(await documents.packed(plan.id)) == parts
    await conversations.show(question.id)
    (shown,) = await conversations.messages(talk)
    assert shown.passages == (Passage(plan.id, plan.name, 2, 2, "第二页"),)
    await conversations.delete(talk)
    assert await documents.of(talk) == ()


async def test_each_conversation_has_its_draft_and_its_own_settings(
    conversations: Conversations, database: Database
) -> None:
    drafts = Drafts(database)
    talk = (await conversations.create()).id
    await drafts.keep(None, "a new thought")
    await drafts.keep(talk, "half a sentence")
    assert (await drafts.of(None), await drafts.of(talk)) == ("a new thought", "half a sentence")
    await drafts.keep(None, " ")
    assert await drafts.of(None) == ""
    await conversations.set_own(talk, {"temperature": 0.2, "system_prompt": "简短回答"})
    assert await conversations.own(talk) == {"temperature": 0.2, "system_prompt": "简短回答"}
