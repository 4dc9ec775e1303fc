"""Messages found by their words, with the place of the hit."""

from __future__ import annotations

import pytest

from desktop_agent.memory import index
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.message_search import BATCH, EXCERPT
from desktop_agent.memory.sought import Sought
from desktop_agent.messages import Ending


async def _said(conversations: Conversations, *texts: str) -> int:
    made = await conversations.create()
    for text in texts:
        await conversations.add_question(made.id, text)
    return made.id


async def _found(conversations: Conversations, wanted: str) -> list[tuple[str, list[str]]]:
    hits = await conversations.find(wanted)
    return [(hit.message.text, [hit.excerpt[at:to] for at, to in hit.marks]) for hit in hits]


@pytest.mark.parametrize(
    ("wanted", "text", "marked"),
    [
        ("过敏", "我对青霉素过敏，怎么办", ["过敏"]),
        ("青霉", "我对青霉素过敏，怎么办", ["青霉"]),
        ("allergies", "I have an allergy to nuts", ["allergy"]),
        ("nuts allergy", "I have an allergy to nuts", ["allergy", "nuts"]),
        ("BERLIN", "We flew to Berlin. Berlin was cold.", ["Berlin", "Berlin"]),
        ("go", "she went home", ["went"]),
        ("ber", "We flew to Berlin. Berlin was cold.", ["Ber", "Ber"]),
        ("50%", "Discount of 50% on a_b", ["50%"]),
        ("a_b", "Discount of 50% on a_b", ["a_b"]),
        ("Müller", "Frau Müller kommt", ["Müller"]),
    ],
)
async def test_a_message_is_found_by_its_words_and_the_hit_is_marked(
    conversations: Conversations, wanted: str, text: str, marked: list[str]
) -> None:
    await _said(conversations, "something else 别的东西", text, "hello 你好")
    assert await _found(conversations, wanted) == [(text, marked)]


@pytest.mark.parametrize("wanted", ["", "  ", "zebra", "斑马", "'; DROP TABLE message; --", '"', "\x00"])
async def test_what_nobody_said_is_not_found(conversations: Conversations, wanted: str) -> None:
    await _said(conversations, "something else 别的东西")
    assert await conversations.find(wanted) == ()


async def test_answers_are_found_when_and_before_they_end(conversations: Conversations) -> None:
    talk = await _said(conversations, "which animal?")
    answer = await conversations.add_answer(talk)
    await conversations.progress(answer.id, "The zebra has stripes")
    other = await _said(conversations, "I saw a zebra")
    assert {hit.conversation.id for hit in await conversations.find("zebra")} == {talk, other}
    await conversations.finish(answer.id, "The zebra has many stripes", Ending.COMPLETE, "guide", None)
    assert ("The zebra has many stripes", ["stripes"]) in await _found(conversations, "stripes")


async def test_a_long_message_shows_the_part_around_the_hit(conversations: Conversations) -> None:
    await _said(conversations, "word " * 300 + "the xylophone\nis here " + "word " * 300)
    hit = (await conversations.find("xylophone"))[0]
    assert len(hit.excerpt) <= EXCERPT + 2
    assert hit.excerpt.startswith("…word")
    assert "xylophone is here" in hit.excerpt
    assert [hit.excerpt[at:to] for at, to in hit.marks] == ["xylophone"]


async def test_a_deleted_conversation_leaves_the_index(conversations: Conversations, database: Database) -> None:
    talk = await _said(conversations, *(f"zebra number{at} 斑马" for at in range(BATCH + 10)))
    assert len(await conversations.find("zebra", limit=100)) == BATCH + 10
    await conversations.delete(talk)
    assert await conversations.find("zebra") == ()
    tables = ("message_term", "message_block", "message_index")
    assert await database.read(
        lambda db: [db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    ) == [0, 0, 0]


async def test_words_that_most_messages_have_do_not_hide_the_one_with_the_rare_word(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if there were a hundred thousand messages: the common words are only looked up for the best.
    monkeypatch.setattr(index, "WHOLE", 5)
    monkeypatch.setattr(index, "INTERSECTED", 5)
    made = await conversations.create()
    for number in range(30):
        rare = " xylophone" if number in (3, 7) else ""
        await conversations.add_question(made.id, f"tea and cake number{number}{rare}" + " with tea" * (number == 7))
    hits = await conversations.find("xylophone tea cake", limit=3)
    assert {hit.message.text.split()[3] for hit in hits[:2]} == {"number3", "number7"}
    assert len(await conversations.find("tea cake", limit=30)) == 30


async def test_a_search_behind_many_new_messages_answers_at_once_and_asks_for_the_rest_to_be_entered(
    conversations: Conversations, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_agent.memory import message_finding

    monkeypatch.setattr(message_finding, "ENTERING_S", 0.0)
    asked: list[None] = []
    conversations.on_behind(lambda: asked.append(None))
    await _said(conversations, *(f"message {number} about tulips" for number in range(BATCH * 2 + 5)))
    hits = await conversations.find("about tulips")
    assert len(hits) == 20
    assert asked == [None]
    await conversations.catch_up()
    assert len(await conversations.find("tulip")) == 20  # by its word form, which only the index knows
    assert asked == [None]
    entered = await database.read(lambda db: db.execute("SELECT count(*) FROM message_index").fetchone()[0])
    assert entered == BATCH * 2 + 5


@pytest.mark.parametrize(
    ("wanted", "text", "marked"),
    [
        ("gardens", "The gardens: one garden, many GARDENS.", ["gardens", "garden", "GARDENS"]),
        ("garden", "Gardening in the garden", ["Garden", "garden"]),
        ("big garden", "A big garden is a garden that is big", ["big garden"]),
        ("gardens big", "A big garden is a garden", ["big", "garden", "garden"]),
        ("生日", "奶奶的生日是哪天？爷爷的生日呢？", ["生日", "生日"]),
        ("奶奶生日", "奶奶的生日是哪天？", ["奶奶", "生日"]),
        ("京劇", "她喜歡京劇，也喜欢京剧", ["京劇", "京剧"]),
        ("a", "a𠮷a", ["a", "a"]),
        ("the", "the cat and the dog", ["the", "the"]),
    ],
)
def test_what_is_marked_is_what_is_looked_for_in_any_form(wanted: str, text: str, marked: list[str]) -> None:
    assert [text[at:to] for at, to in Sought(wanted).marks(text)] == marked


async def test_what_is_found_of_an_answer_is_shown_without_the_signs_of_markdown(conversations: Conversations) -> None:
    talk = await _said(conversations, "**as typed**")
    answer = await conversations.add_answer(talk)
    text = "A **garden** has `2**3` beds, see [the page](https://garden.example).\n```python\nbeds\n```"
    await conversations.finish(answer.id, text, Ending.COMPLETE, "guide", None)
    (hit,) = await conversations.find("beds")
    assert " ".join(hit.excerpt.split()) == "A garden has 2**3 beds, see the page. beds"
    assert [hit.excerpt[at:to] for at, to in hit.marks] == ["beds", "beds"]
    (hit,) = await conversations.find("typed")
    assert hit.excerpt == "**as typed**"


def test_several_words_can_be_held_to_what_they_are_as_a_whole() -> None:
    assert Sought("big garden", whole_only=True).marks("A garden that is big") == []
    assert Sought("gardens", whole_only=True).marks("A garden") == [(2, 8)]


async def test_a_word_of_its_own_comes_before_a_part_of_a_word(conversations: Conversations) -> None:
    made = await conversations.create()
    alone = await conversations.add_question(made.id, "Hi!")
    for _ in range(3):
        await conversations.add_question(made.id, "this and nothing else")
    found = [hit.message.id for hit in await conversations.find("hi", limit=2)]
    assert found[0] == alone.id and len(found) == 2
