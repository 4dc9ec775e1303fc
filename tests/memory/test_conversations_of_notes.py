"""Notes that are lines of a conversation, notes that contradict one another, and days written in any way."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop_agent.data_files import resources
from desktop_agent.errors import BadInput
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.evaluation import evaluate, read_cases, without_each
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.ranking import OURS, WORDS_ALONE
from desktop_agent.memory.subjects import about
from desktop_agent.memory.talks import only_asks, speaker
from desktop_agent.memory.telling import facts
from desktop_agent.memory.terms import terms
from desktop_agent.runtime.threads import Threads

TALK = """
Ann: Hello Ben, did you find a new flat?
Ben: Yes, near the old harbour, with a tiny balcony.
Ann: Lovely! What about the piano?
Ben: It went down the stairs and broke.
Ann: I bought a piano last week, a black one.
Ben: Good for you, Ann!
""".strip().splitlines()


async def _import(notes: Notes, tmp_path: Path, lines: list[str], **fields: object) -> None:
    file = tmp_path / "lines.jsonl"
    rows = [{"text": text, "source": f"line {at}", **fields} for at, text in enumerate(lines)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    await notes.import_(file)


async def test_the_answer_beside_the_line_that_asked_is_found(notes: Notes, tmp_path: Path) -> None:
    await _import(notes, tmp_path, TALK, conversation="talk")
    found = [hit.note.source for hit in await notes.search("Where is Ben's new flat?", limit=3)]
    assert found[0] == "line 1"
    alone = await notes.search("Where is Ben's new flat?", limit=6, ranking=replace(OURS, neighbour=0, reply=0))
    assert alone[0].note.source != "line 1"


async def test_what_the_asked_one_said_comes_before_what_the_other_said(notes: Notes, tmp_path: Path) -> None:
    await _import(notes, tmp_path, TALK, conversation="talk")
    assert (await notes.search("When did Ann buy a piano?"))[0].note.source == "line 4"


async def test_the_answer_two_lines_after_the_question_is_found(notes: Notes, tmp_path: Path) -> None:
    lines = [
        "Ann: Who minds the xylophone?",
        "Ben: Guess!",
        "Ben: My old neighbour from upstairs in Leeds does.",
        "Ann: Oh.",
        "Ann: Something else entirely about cake and tea.",
    ]
    await _import(notes, tmp_path, lines, conversation="talk")
    found = [hit.note.source for hit in await notes.search("the xylophone", limit=5)]
    assert "line 2" in found
    assert "line 4" not in found
    nearer = await notes.search("the xylophone", limit=5, ranking=replace(OURS, further=0))
    assert "line 2" not in [hit.note.source for hit in nearer]


async def test_of_lines_that_fit_alike_the_one_that_says_more_comes_first(notes: Notes, tmp_path: Path) -> None:
    lines = ["Ann: I painted the boat green with my uncle Oleg in spring.", "Ben: Tea?", "Ben: Cake?", "Ann: The boat!"]
    await _import(notes, tmp_path, lines, conversation="talk")
    assert (await notes.search("boat"))[0].note.source == "line 0"


async def test_single_notes_have_no_neighbours(notes: Notes, tmp_path: Path) -> None:
    await _import(notes, tmp_path, TALK)
    found = await notes.search("harbour balcony", limit=6)
    assert [hit.note.source for hit in found] == ["line 1"]


async def test_a_pause_of_half_an_hour_parts_neighbours(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    rows = [("the xylophone is broken", 0), ("in the cellar", 60), ("good morning world", 9000)]
    lines = [json.dumps({"text": text, "created": 1e9 + at, "conversation": "c"}) for text, at in rows]
    file.write_text("\n".join(lines), "utf-8")
    await notes.import_(file)
    assert [hit.note.text for hit in await notes.search("xylophone")] == [rows[0][0], rows[1][0]]


async def test_a_long_conversation_without_times_has_parts_whose_edges_are_neighbours(
    notes: Notes, database: Database, tmp_path: Path
) -> None:
    texts = [f"line number{at}" for at in range(120)]
    texts[49], texts[50] = "the xylophone", "stands upstairs"
    await _import(notes, tmp_path, texts, conversation="c")
    parts = await database.read(lambda db: db.execute("SELECT count(*) FROM line GROUP BY part").fetchall())
    assert [count for (count,) in parts] == [50, 50, 20]
    found = [hit.note.text for hit in await notes.search("xylophone")]
    assert found[0] == "the xylophone"
    assert "stands upstairs" in found


async def test_any_number_of_notes_may_be_asked_for(notes: Notes, tmp_path: Path) -> None:
    await _import(notes, tmp_path, [f"tea number{at}" for at in range(1500)], conversation="c")
    assert len(await notes.search("tea", limit=100_000)) == 1500


async def test_lines_of_two_conversations_may_alternate(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    rows = [("a", "the xylophone"), ("b", "noise one"), ("a", "stands upstairs"), ("b", "noise two")]
    file.write_text("\n".join(json.dumps({"text": text, "conversation": c}) for c, text in rows), "utf-8")
    await notes.import_(file)
    assert [hit.note.text for hit in await notes.search("xylophone")] == ["the xylophone", "stands upstairs"]


async def test_a_forgotten_line_leaves_its_neighbours_side_by_side(notes: Notes, tmp_path: Path) -> None:
    await _import(notes, tmp_path, ["the xylophone", "a trumpet", "stands upstairs"], conversation="c")
    gone = (await notes.search("trumpet"))[0].note
    await notes.forget(gone.id)
    assert [hit.note.text for hit in await notes.search("xylophone")] == ["the xylophone", "stands upstairs"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Caroline: hi", "caroline"),
        ("Li Na: hi", "li na"),
        ("张三：你好", "张三"),
        ("http://example.org", ""),
        ("At 12:30 we met", ""),
        ("no name here", ""),
    ],
)
def test_who_speaks_is_the_name_before_the_colon(text: str, name: str) -> None:
    assert speaker(text) == name


def test_a_line_only_asks_when_it_tells_nothing_beside() -> None:
    assert only_asks("Ann: Wow! Where did you go?")
    assert only_asks("林晓：真的吗？")
    assert not only_asks("Ann: I went to the lake with my sister. And you?")
    assert not only_asks("Ann: I went to the lake.")


@pytest.mark.parametrize(
    "written",
    ["3月12日", "三月十二号", "March 12", "12 March", "the 12th of March", "Mar 12, 2026", "03-12", "2026-03-12"],
)
def test_a_day_is_one_term_however_it_is_written(written: str) -> None:
    assert "03-12" in terms(f"on {written} we met")


def test_months_and_years_of_both_languages_meet() -> None:
    assert set(terms("二〇二六年五月")) >= {"2026", "05-"}
    assert "05-" in terms("in May 2026")
    assert terms("may I") == []


@pytest.mark.parametrize(("note", "question"), [("I bought a bike", "buy"), ("the children ran", "child runs")])
def test_irregular_forms_are_one_term(note: str, question: str) -> None:
    assert set(terms(question)) <= set(terms(note))


@pytest.mark.parametrize(
    ("note", "question"),
    [("My mother lives in Leeds", "mom"), ("我太太喜欢茶", "我老婆"), ("I have a puppy", "do I have a pet?")],
)
async def test_a_synonym_finds_a_note(notes: Notes, note: str, question: str) -> None:
    await notes.add(note)
    assert [hit.note.text for hit in await notes.search(question)] == [note]
    assert await notes.search(question, ranking=WORDS_ALONE) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("My sister's name is Li Na.", "My sister is called Anna."),
        ("My phone number is 123", "my new phone number is 456."),
        ("I live in Rotterdam", "I've just moved to Delft"),
        ("我住在苏州", "我现在住在北京"),
        ("我的电话是138", "我手机号换成了139"),
        ("我妹妹叫李娜。", "我妹妹的名字叫李红。"),
        ("我妈妈的生日是5月5日", "我妈妈生日是五月六日"),
    ],
)
async def test_a_contradicted_note_is_changed_and_its_old_text_kept(notes: Notes, old: str, new: str) -> None:
    first = await notes.add(old)
    note, was = await notes.remember(new)
    assert note.id == first.id
    assert note.text == new
    assert was is not None
    assert was.text == old
    assert await notes.count() == 1
    assert [before.note.text for before in await notes.history(note.id)] == [old]
    restored = await notes.take_back(note.id)
    assert restored == first
    assert await notes.history(note.id) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I like tea", "I like coffee"),
        ("My sister's name is Li Na.", "My brother's name is Tom."),
        ("My sister's name is Ann and she lives in Leeds.", "My sister's name is Eve."),
        ("我对花生过敏", "我对牛奶过敏"),
        ("我妹妹叫李娜。", "我姐姐叫李红。"),
        ("I live in Rotterdam", "Do I live in Delft?"),
    ],
)
async def test_what_may_both_be_true_is_two_notes(notes: Notes, old: str, new: str) -> None:
    await notes.add(old)
    assert (await notes.remember(new))[1] is None
    assert await notes.count() == 2


async def test_taking_back_a_new_note_forgets_it(notes: Notes) -> None:
    note, was = await notes.remember("I like tea")
    assert was is None
    assert await notes.take_back(note.id) is None
    assert await notes.count() == 0


async def test_an_edited_note_has_a_history_too(notes: Notes) -> None:
    note = await notes.add("My dog is called Rex")
    await notes.edit(note.id, "My dog is called Max")
    await notes.edit(note.id, "My dog is called Max")
    assert [was.note.text for was in await notes.history(note.id)] == ["My dog is called Rex"]


async def test_a_changed_note_says_where_the_change_came_from(notes: Notes, conversations: Conversations) -> None:
    await notes.add("I live in Rome", source="diary")
    made = await conversations.create()
    question = await conversations.add_question(made.id, "I live in Oslo")
    note, _was = await notes.remember("I live in Oslo", conversation=made.id, message=question.id)
    assert (note.conversation, note.message) == (made.id, question.id)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("I moved: I live in Bergen now.", "me|live"),
        ("I don't live in Oslo any more, I live in Bergen.", "me|live"),
        ("I no longer work at Acme; I work for Globex", "me|employer"),
        ("I've changed my phone number, my number is 123", "me|phone"),
        ("我搬家了，现在住在卑尔根", "me|live"),
        ("我们搬家了。我们住在上海", "me|live"),
        ("我换工作了，现在在华为上班", "me|employer"),
        ("我换手机号了，新号码是13800001111", "me|phone"),
        ("I moved the sofa, I live in Rome", None),
        ("I moved, my sister's name is Ann and my dog is called Rex", None),
        ("我搬家了", None),
        ("我不住了，算了", None),
    ],
)
def test_a_clause_that_only_says_that_something_is_new_is_read_over(text: str, subject: str | None) -> None:
    assert about(text) == subject


@pytest.mark.parametrize(
    "text", ["我搬家了，现在住在卑尔根", "我换工作了，现在在华为上班", "我不住在北京了，我住在上海"]
)
def test_who_says_that_something_is_new_tells_it_in_passing(text: str) -> None:
    assert facts(text)


def test_two_facts_are_about_nothing() -> None:
    assert about("My name is Ann. I live in Rome.") is None
    assert about("我叫小明，住在北京") is None


@pytest.mark.parametrize(
    ("name", "goal"),
    [("conversations-en", 0.8), ("conversations-zh", 0.82), ("dialogue-en", 0.36), ("notes-zh", 0.9)],
)
async def test_the_shipped_questions_find_their_notes(threads: Threads, name: str, goal: float) -> None:
    file = resources() / "evaluation" / f"{name}.jsonl"
    assert len(read_cases(file)) >= 20
    paper, plain, ours = await evaluate(file, threads)
    assert paper.recall[2] < plain.recall[2] <= ours.recall[2]
    assert ours.recall[2] >= goal
    assert list(ours.recall) == sorted(ours.recall)


async def test_each_part_of_the_search_can_be_left_out_to_see_its_worth(threads: Threads, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    rows: list[dict[str, object]] = [
        {"text": "我媽媽對蝦過敏", "source": "1"},
        {"text": "She was running", "source": "2"},
        {"text": "the boat", "source": "3", "created": "2025-05-06T10:00"},
        {"question": "妈妈", "sources": ["1"]},
        {"question": "who runs", "sources": ["2"]},
        {"question": "what about yesterday?", "sources": ["3"], "asked": "2025-05-07"},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    methods = without_each()
    scores = {score.method: score for score in await evaluate(file, threads, methods)}
    assert len(scores) == len(methods) + 1
    assert scores["-newest"].recall[0] == 1
    for part in ("scripts", "stems", "day"):
        assert scores[f"-{part}"].recall[0] == pytest.approx(2 / 3), part


async def test_a_day_that_is_none_is_named_with_its_line(threads: Threads, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"text": "x", "source": "1"}\n{"question": "x", "sources": ["1"], "asked": "soon"}\n', "utf-8")
    with pytest.raises(BadInput, match="Line 2"):
        await evaluate(file, threads)


async def test_a_question_without_sources_cannot_be_evaluated(threads: Threads, tmp_path: Path) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"text": "x", "source": "1"}\n{"question": "x?"}\n', "utf-8")
    with pytest.raises(BadInput, match="sources"):
        await evaluate(file, threads)
    file.write_text('{"text": "x", "source": "1"}\n', "utf-8")
    with pytest.raises(BadInput, match="questions"):
        await evaluate(file, threads)


@pytest.mark.parametrize(
    "asked",
    [
        "What did we do on 3 May?",
        "What about May 3, 2025?",
        "5月3日我们做了什么？",
        "2025年五月三日的事",
        "2025-05-03?",
    ],
)
async def test_what_was_written_on_a_day_is_found_by_the_day(notes: Notes, asked: str) -> None:
    for month in range(1, 13):
        moment = datetime(2025, month, 3, 12).timestamp()  # noqa: DTZ001 - the clock of the computer
        await notes.add(f"the boat number{month} 船", created=moment)
    found = await notes.search(asked, limit=3)
    assert found[0].note.text == "the boat number5 船"


async def test_yesterday_is_a_day_too(notes: Notes) -> None:
    await notes.add("the boat", created=time.time() - 86_400)
    await notes.add("a boat", created=time.time() - 86_400 * 9)
    assert (await notes.search("which boat was it yesterday?"))[0].note.text == "the boat"
    assert (await notes.search("昨天怎么样"))[0].note.text == "the boat"


async def test_days_that_are_none_are_no_trouble(notes: Notes) -> None:
    await notes.add("the boat")
    assert await notes.search("31 February 2025, 0月0日, 13月40日, 2025-99-99, 12 May 1066 and 三百月") == ()
