"""Texts in either Chinese writing, days as seen from when they were said, and old notes after a change of both."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import time
from array import array
from datetime import date, datetime, timedelta

import pytest

from desktop_agent.assistant.remember import to_remember
from desktop_agent.data_files import resources
from desktop_agent.memory import index, migrations
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.dates import Day, days_from
from desktop_agent.memory.keywords import keywords
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.related import related
from desktop_agent.memory.scripts import simplified
from desktop_agent.memory.sought import Sought
from desktop_agent.memory.terms import Reading, stem, terms
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder

SUNDAY = date(2026, 11, 22)


def _at(year: int, month: int, day: int) -> float:
    return datetime(year, month, day, 12).timestamp()  # noqa: DTZ001 - the clock of the computer


@pytest.mark.parametrize(
    ("note", "question"),
    [
        ("我媽媽對蝦過敏", "妈妈对什么过敏？"),
        ("我妈妈对虾过敏", "媽媽對什麼過敏？"),
        ("他喜歡吃餅乾", "喜欢吃饼干吗"),
        ("奶奶的頭髮很長", "头发"),
    ],
)
async def test_a_note_in_one_writing_is_found_from_the_other(notes: Notes, note: str, question: str) -> None:
    await notes.add("我住在苏州")
    await notes.add(note)
    found = await notes.search(question)
    assert found[0].note.text == note


def test_what_simplified_text_has_itself_stays() -> None:
    plain = "什么著名的作家，其中有后来的皇后，他们在北京的公园里说，没干什么。"
    assert simplified(plain) == plain
    assert simplified("Straße, café, かな, 한글 👩‍👩‍👧") == "Straße, café, かな, 한글 👩‍👩‍👧"


def test_a_place_in_a_text_is_the_same_in_both_writings() -> None:
    table = (resources() / "dictionary" / "traditional.txt").read_text("utf-8").splitlines()
    assert len(table[0]) == len(table[1]) > 4000
    assert simplified(table[0]) == table[1] == simplified(table[1])


def test_the_table_is_what_opencc_says() -> None:
    converter = pytest.importorskip("opencc").OpenCC("t2s")
    text = "記憶體裡的資料，後來還給圖書館；這條線與那個體系無關，歡迎光臨臺灣"
    assert simplified(text) == converter.convert(text)


def test_traditional_words_are_marked_and_are_keywords_as_they_stand() -> None:
    text = "明天去圖書館借書"
    assert [text[at:to] for at, to in Sought("图书馆").marks(text)] == ["圖書館"]
    assert "圖書館" in [word.word for word in keywords(text)]


@pytest.mark.parametrize("text", ["記住我妹妹叫李娜。", "我對花生過敏。", "我媽媽住在臺北。"])
def test_what_is_told_in_traditional_letters_is_noted_in_them(text: str) -> None:
    [fact] = to_remember(text)
    assert fact.text == text.removeprefix("記住")


async def test_a_contradiction_is_seen_across_writings(notes: Notes) -> None:
    await notes.add("我妹妹叫李娜。")
    note, was = await notes.remember("我妹妹叫李紅。")
    assert was is not None
    assert note.text == "我妹妹叫李紅。"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", Day(2026, 11, 21)),
        ("the day before yesterday", Day(2026, 11, 20)),
        ("last friday", Day(2026, 11, 20)),
        ("last sunday", Day(2026, 11, 15)),
        ("next mon", Day(2026, 11, 23)),
        ("three days ago", Day(2026, 11, 19)),
        ("last week", Day(2026, 11, 9, 7)),
        ("last weekend", Day(2026, 11, 14, 2)),
        ("two months ago", Day(2026, 9, 0)),
        ("next year", Day(2027, 0, 0)),
        ("上周五", Day(2026, 11, 13)),
        ("上个星期五", Day(2026, 11, 13)),
        ("大前天", Day(2026, 11, 19)),
        ("上个月", Day(2026, 10, 0)),
        ("去年", Day(2025, 0, 0)),
        ("十二天前", Day(2026, 11, 10)),
    ],
)
def test_days_are_seen_from_the_day_they_were_said(text: str, day: Day) -> None:
    assert list(days_from(f"i was there {text} i think" if text.isascii() else f"我{text}去了", SUNDAY)) == [day]


@pytest.mark.parametrize(
    "text", ["目前年轻人", "the last nail", "next to it", "天地", "9999999 years ago", "a long ago"]
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert list(days_from(text, SUNDAY)) == []


async def test_what_was_said_of_yesterday_is_found_by_its_date(notes: Notes) -> None:
    for day in range(1, 20):
        await notes.add(f"Yesterday I met number{day} at the harbour.", created=_at(2025, 5, day))
    found = await notes.search("Who was at the harbour on 6 May 2025?")
    assert found[0].note.text == "Yesterday I met number7 at the harbour."


async def test_last_month_and_last_week_are_times_to_ask_for(notes: Notes) -> None:
    now = time.time()
    for days in (1, 100, 400):
        await notes.add(f"the boat number{days}", created=now - days * 86_400)
    found = await notes.search("which boat did I see yesterday?")
    assert found[0].note.text == "the boat number1"
    found = await notes.search(
        "which boat did I see last week?", asked_on=datetime.now().astimezone().date() - timedelta(days=93)
    )
    assert found[0].note.text == "the boat number100"


async def test_notes_and_messages_of_an_older_index_are_found_in_the_new_way(
    folder: Folder, threads: Threads, cache: Cache[str, Words]
) -> None:
    folder.make()
    old = Reading(scripts=False)
    texts = ["我媽媽對蝦過敏", "Yesterday I met Oleg at the harbour.", "the harbour is cold"]
    with contextlib.closing(sqlite3.connect(folder.database, isolation_level=None)) as db:
        migrations.migrate(db, to=5)
        db.execute("INSERT INTO conversation (title, created, changed, memory) VALUES ('old', 1, 1, 1)")
        for number, text in enumerate(texts, 1):
            held, postings = index.add(db, terms(text, old))
            db.execute(
                "INSERT INTO note (id, digest, created, changed, important, source, origin, keywords, terms, text) "
                "VALUES (?, ?, ?, 1, 0, '', '', ?, ?, ?)",
                (number, number, _at(2025, 5, 7), json.dumps([]), held, text),
            )
            index.post(db, [(number, postings)])
            db.execute(
                "INSERT INTO message (conversation, role, created, ending, text) VALUES (1, 'user', 1, NULL, ?)",
                (text,),
            )
            held, postings = index.add(db, terms(text, old), index.MESSAGES)
            db.execute("INSERT INTO message_index VALUES (?, ?)", (number, held))
            index.post(db, [(number, postings)], index.MESSAGES)
    database = await Database.open(folder.database, folder.backups)
    notes = Notes(database, threads, cache)
    assert (await notes.search("妈妈过敏"))[0].note.text == texts[0]
    assert (await notes.search("harbour 6 May 2025"))[0].note.text == texts[1]
    hits = await Conversations(database).find("过敏")
    assert [hit.message.text for hit in hits] == [texts[0]]
    counts = await database.read(lambda db: db.execute("SELECT text, notes FROM term").fetchall())
    kept = await database.read(lambda db: [array("i", row[0]) for row in db.execute("SELECT terms FROM note")])
    assert sum(count for _text, count in counts) == sum(len(held) for held in kept)
    assert "過敏" not in dict(counts)
    for number in (1, 2, 3):
        await notes.forget(number)
    assert await database.read(lambda db: db.execute("SELECT count(*) FROM term").fetchone()[0]) == 0
    await database.close()


@pytest.mark.parametrize(
    ("note", "question"),
    [
        ("The ship was late again", "which vessel was it?"),
        ("I keep a diary since school", "where is my journal"),
        ("Our journey to Sicily was long", "how did we travel?"),
    ],
)
async def test_a_note_is_found_by_a_word_of_nearly_the_same_meaning(notes: Notes, note: str, question: str) -> None:
    await notes.add("the soup needs salt")
    await notes.add(note)
    assert (await notes.search(question))[0].note.text == note


async def test_words_of_nearly_the_same_meaning_never_come_before_the_word_itself(notes: Notes) -> None:
    for number in range(40):
        await notes.add(f"the ferry boat ship barge vessel number{number}")
    await notes.add("the harbour is cold, said the captain of the watercraft")
    found = await notes.search("watercraft harbour captain")
    assert found[0].note.text.startswith("the harbour")


def test_the_related_words_are_sorted_stems_and_each_is_found() -> None:
    lines = (resources() / "dictionary" / "related.txt").read_text("ascii").splitlines()
    words = [line.split(" ")[0] for line in lines]
    assert len(lines) > 10_000
    assert words == sorted(set(words))
    for line in (*lines[::97], lines[-1]):
        word, *others = line.split(" ")
        assert related(word) == tuple(others)
        assert word not in others
    assert "vessel" in related(stem("boats"))
    assert related("zzzzz") == related("") == related("船") == related("a b") == ()


async def test_asked_for_the_cat_nobody_gets_the_dog_beside_what_fits(notes: Notes) -> None:
    await notes.add("My dog is called Biscuit.")
    await notes.add("My sister's name is Li Na.")
    assert [hit.note.text for hit in await notes.search("What is my cat's name?")] == ["My sister's name is Li Na."]


async def test_who_asks_for_the_weather_today_wants_no_notes_of_today(notes: Notes) -> None:
    await notes.add("My car is a blue Golf.")
    assert await notes.search("What's the weather today?") == ()
    assert await notes.search("今天天气怎么样？") == ()
