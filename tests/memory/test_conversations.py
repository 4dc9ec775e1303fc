"""Conversations and messages as they are stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_agent.errors import NotFound
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.message_rows import title_of
from desktop_agent.memory.notes import Notes
from desktop_agent.messages import Ending, Role, Usage


async def test_the_first_question_names_the_conversation(conversations: Conversations) -> None:
    made = await conversations.create()
    await conversations.add_question(made.id, "  周末去哪里玩？\n我想带孩子去。")
    await conversations.add_question(made.id, "And another thing")
    assert (await conversations.get(made.id)).title == "周末去哪里玩？"


async def test_a_given_title_stays(conversations: Conversations) -> None:
    made = await conversations.create("Mine")
    await conversations.add_question(made.id, "what?")
    assert (await conversations.rename(made.id, "  Ours ")).title == "Ours"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("short", "short"),
        ("\n\n  second   line\tfirst \nthird", "second line first"),
        (
            "Could you please explain to me how the tides work in the Pacific?",
            "Could you please explain to me how the…",
        ),
        ("帮我写一封邮件给房东，告诉他厨房的水龙头坏了已经三天了", "帮我写一封邮件给房东，告诉他厨房的水龙头…"),
        ("x" * 100, "x" * 40 + "…"),
        ("", ""),
        ("   \n ", ""),
    ],
)
def test_a_title_is_the_first_line_cut_at_a_word(text: str, title: str) -> None:
    assert title_of(text) == title


async def test_an_answer_is_stored_from_its_beginning_to_its_end(conversations: Conversations) -> None:
    made = await conversations.create()
    question = await conversations.add_question(made.id, "1 + 1?", 0.25, ["I like sums"], "help text")
    answer = await conversations.add_answer(made.id)
    assert (answer.role, answer.ending, answer.text) == (Role.ASSISTANT, None, "")
    await conversations.progress(answer.id, "It ")
    assert (await conversations.message(answer.id)).text == "It "
    usage = Usage(10, 4, 3, 120, 7.5)
    done = await conversations.finish(answer.id, "It is 2.", Ending.COMPLETE, "tiny", usage)
    assert (done.text, done.ending, done.engine, done.usage) == ("It is 2.", Ending.COMPLETE, "tiny", usage)
    await conversations.progress(answer.id, "too late")
    assert await conversations.messages(made.id) == (question, done)
    assert (question.importance, question.notes, question.help) == (0.25, ("I like sums",), "help text")


async def test_what_was_found_later_is_placed_in_the_question(conversations: Conversations) -> None:
    made = await conversations.create()
    question = await conversations.add_question(made.id, "Where do I live?")
    placed = await conversations.place(question.id, 0.1, ['I live in "Berlin"'], "passage")
    assert (placed.importance, placed.notes, placed.help) == (0.1, ('I live in "Berlin"',), "passage")
    assert await conversations.messages(made.id) == (placed,)


async def test_a_question_is_stored_with_the_row_of_its_answer(conversations: Conversations) -> None:
    made = await conversations.create()
    stored = await conversations.ask(made.id, "Where do I live?")
    assert stored.talk == made  # as it was: the question names it
    assert (await conversations.get(made.id)).title == "Where do I live?"
    assert await conversations.messages(made.id) == (stored.question, stored.answer)
    assert stored.answer.ending is None
    await conversations.end_open(made.id)
    assert (await conversations.message(stored.answer.id)).ending is Ending.STOPPED


async def test_a_prompt_is_laid_from_what_it_held_and_what_was_said_since(conversations: Conversations) -> None:
    made = await conversations.create()
    first = await conversations.ask(made.id, "one")
    second = await conversations.ask(made.id, "two")
    await conversations.set_own(made.id, {"temperature": 0.5})
    before = await conversations.basis(made.id)
    assert (before.system_prompt, before.files) == ("", False)
    assert [message.id for message in before.messages] == [
        first.question.id, first.answer.id, second.question.id, second.answer.id,
    ]  # fmt: skip
    found = replace(second.question, importance=0.5, notes=("I live in Oslo",), help="a passage")
    await conversations.keep(made.id, [first.answer.id, second.question.id], "Be brief.", found)
    third = await conversations.ask(made.id, "three")
    basis = await conversations.basis(made.id)
    assert (basis.system_prompt, basis.own) == ("Be brief.", {"temperature": 0.5})
    assert basis.messages == (first.answer, found, second.answer, third.question, third.answer)
    assert (await conversations.basis(99)).messages == ()


async def test_the_conversation_used_last_comes_first(conversations: Conversations) -> None:
    first, second = await conversations.create("first"), await conversations.create("second")
    assert [found.id for found in await conversations.all()] == [second.id, first.id]
    await conversations.add_question(first.id, "again")
    assert [found.id for found in await conversations.all()] == [first.id, second.id]


@pytest.mark.parametrize("wanted", ["100%", "a_b", "O'Neil", '"quoted"', "NEAR(", "\\", "猫", "ZÜRICH"[1:]])
async def test_conversations_are_searched_by_plain_text(conversations: Conversations, wanted: str) -> None:
    other = await conversations.create("Another")
    await conversations.add_question(other.id, "nothing of it: 100 axb ONeil")
    made = await conversations.create("Title")
    await conversations.add_question(made.id, f'so 100% of a_b, O\'Neil "quoted" NEAR( \\ 我的猫 ZÜRICH {wanted}')
    assert made.id in {hit.conversation.id for hit in await conversations.find(wanted)}


async def test_memory_is_switched_off_for_one_conversation(conversations: Conversations) -> None:
    made = await conversations.create(memory=False)
    assert not made.memory
    assert (await conversations.set_memory(made.id, True)).memory
    assert (await conversations.get(made.id)).memory


async def test_what_a_prompt_holds_is_kept_with_its_conversation(conversations: Conversations) -> None:
    made = await conversations.create()
    assert await conversations.kept(made.id) is None
    await conversations.keep(made.id, [3, 4, 7], "You are helpful. 你好")
    assert await conversations.kept(made.id) == (3, 4, 7)
    assert await conversations.system_prompt(made.id) == "You are helpful. 你好"
    await conversations.keep(made.id, [], "You are helpful. 你好")
    assert await conversations.kept(made.id) == ()


async def test_a_deleted_conversation_takes_its_messages_and_leaves_its_notes(
    conversations: Conversations, notes: Notes
) -> None:
    made = await conversations.create()
    question = await conversations.add_question(made.id, "Remember that the zqxsecret is blue")
    note = await notes.add("The sky is blue", conversation=made.id, message=question.id)
    assert [found.id for found in await notes.of(made.id)] == [note.id]
    await conversations.delete(made.id)
    assert await conversations.messages(made.id) == ()
    left = await notes.get(note.id)
    assert (left.text, left.conversation, left.message) == ("The sky is blue", None, None)


async def test_who_is_not_there_is_named(conversations: Conversations) -> None:
    for act in (
        conversations.get(99),
        conversations.rename(99, "x"),
        conversations.delete(99),
        conversations.add_question(99, "x"),
        conversations.add_answer(99),
        conversations.message(99),
        conversations.place(99, 0.5),
        conversations.finish(99, "", Ending.STOPPED, "", None),
    ):
        with pytest.raises(NotFound, match="99"):
            await act
    assert await conversations.messages(99) == ()
    assert await conversations.kept(99) is None


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("nul \x00 and bell \x07", "nul  and bell "),
        ("👩‍👩‍👧 🇨🇳 مرحبا שלום", "👩‍👩‍👧 🇨🇳 مرحبا שלום"),
        ("'; DROP TABLE message; --", "'; DROP TABLE message; --"),
        ("字" * 200_000, "字" * 200_000),
    ],
    ids=["surrogate", "control", "emoji and right to left", "sql", "long"],
)
async def test_any_text_can_be_stored(conversations: Conversations, text: str, stored: str) -> None:
    made = await conversations.create(text)
    question = await conversations.add_question(made.id, text, notes=[text])
    answer = await conversations.add_answer(made.id)
    await conversations.progress(answer.id, text)
    done = await conversations.finish(answer.id, text, Ending.LENGTH, "e", None)
    assert (question.text, done.text, question.notes) == (stored, stored, (stored,))
    assert await conversations.messages(made.id) == (question, done)
