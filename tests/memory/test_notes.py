"""Notes: kept, found again, changed, forgotten."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from array import array
from itertools import product
from pathlib import Path

import pytest

from desktop_agent.errors import BadInput, NotFound, StorageError
from desktop_agent.memory import backups, index, migrations
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import LONGEST_NOTE, Notes
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder

LIFE = """
我妹妹叫李娜。
My brother's name is Tom and he lives in Leeds.
我女儿的生日是五月三日，她喜欢吃草莓蛋糕。
I am allergic to peanuts.
车停在地下二层B区。
Wi-Fi密码是hello1234
My flight is CA1234 on 2026-05-03 at 9:40.
我对青霉素过敏
王小明的电话是13800138000
Discount of 50% on a_b at O'Neil's
我养了一只猫，叫小黑。
""".strip().splitlines()


async def _first(notes: Notes, question: str) -> str:
    found = await notes.search(question)
    return found[0].note.text if found else ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("妹妹叫什么名字？", 0),
        ("李娜是谁？", 0),
        ("What is the name of my brother?", 1),
        ("who is living in leeds", 1),
        ("我女儿什么时候过生日？", 2),
        ("Do I have any allergies? allergic", 3),
        ("peanut", 3),
        ("我的车停在哪里？", 4),
        ("wifi 密码是多少", 5),
        ("ＣＡ１２３４", 6),
        ("我有什么过敏的吗", 7),
        ("小明的电话", 8),
        ("50% a_b", 9),
        ("小黑是谁", 10),
        ("猫叫什么", 10),
    ],
)
async def test_a_note_is_found_in_other_words_and_in_both_languages(notes: Notes, question: str, answer: int) -> None:
    for text in LIFE:
        await notes.add(text)
    assert await _first(notes, question) == LIFE[answer]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("我叫什么名字？", ["我叫王晓明。"]),
        ("What is my name?", ["我叫王晓明。"]),
        ("我是谁？", ["我叫王晓明。"]),
        ("你还记得我的名字吗？", ["我叫王晓明。"]),
        ("Where do I live?", ["我住在杭州。"]),
        ("我叫什么，住在哪里？", ["我叫王晓明。", "我住在杭州。"]),
        ("When is my birthday?", ["我的生日是5月3日。"]),
        ("我今年多大了？", ["I'm 34 years old."]),
        ("我的车停在哪儿？", ["The car is parked in row C7."]),
    ],
)
async def test_what_one_has_one_of_is_found_without_a_word_in_common(
    notes: Notes, question: str, answers: list[str]
) -> None:
    for text in (
        *("我叫王晓明。", "我住在杭州。", "我的生日是5月3日。", "I'm 34 years old.", "The car is parked in row C7."),
        *("我妹妹叫王晓红。", "我喜欢喝茶。", "My brother lives in Leeds.", "记得给车加油。"),
    ):
        await notes.add(text)
    found = [one.note.text for one in await notes.search(question, len(answers))]
    assert sorted(found) == sorted(answers)


@pytest.mark.parametrize(
    "question",
    ["什么是量子力学？", "who are you?", "你好", "", "%", "_", "'", '"', "*", "a OR b NEAR(c)", "; --", "\\", "猫头鹰"],
)
async def test_what_fits_no_note_finds_none(notes: Notes, question: str) -> None:
    await notes.add("My sister's name is Li Na.")
    await notes.add('100 % sure; it\'s a "test" * of _signs_ \\')
    assert await notes.search(question) == ()


async def test_the_best_note_comes_first_and_scores_fall(notes: Notes) -> None:
    for text in ("I drink tea", "I drink green tea every morning", "I drink coffee", "The morning was cold"):
        await notes.add(text)
    found = await notes.search("green tea in the morning", limit=3)
    assert found[0].note.text == "I drink green tea every morning"
    assert [note.score for note in found] == sorted((note.score for note in found), reverse=True)
    assert len(found) == 3
    assert all(note.score > 0 for note in found)


async def test_of_equal_notes_the_newest_comes_first(notes: Notes) -> None:
    await notes.add("Tom likes tea")
    newest = await notes.add("Ann likes tea")
    assert (await notes.search("tea"))[0].note == newest


async def test_an_important_note_comes_before_one_that_fits_as_well(notes: Notes) -> None:
    older = await notes.add("Tom likes tea")
    await notes.add("Ann likes tea")
    better = await notes.add("green tea in the garden")
    await notes.star(older.id)
    assert [hit.note.id for hit in await notes.search("tea", limit=1)] == [older.id]
    assert (await notes.search("green tea"))[0].note == better


async def test_a_note_says_where_it_came_from(notes: Notes, conversations: Conversations) -> None:
    made = await conversations.create()
    question = await conversations.add_question(made.id, "Remember that my sister's name is Li Na.")
    note = await notes.add("my sister's name is Li Na.", conversation=made.id, message=question.id, important=True)
    assert (note.conversation, note.message, note.important) == (made.id, question.id, True)
    assert set(note.keywords) <= {"sister", "name", "Li", "Na"}
    assert len(note.keywords) == 3
    assert await notes.get(note.id) == note


async def test_the_same_text_is_noted_once(notes: Notes) -> None:
    first = await notes.add("我妹妹叫李娜。", source="diary")
    again = await notes.add("  我妹妹叫李娜。\n", important=True)
    assert again.id == first.id
    assert again.important
    assert await notes.count() == 1
    other = await notes.add("我妹妹叫李娜。", source="letters")
    assert other.id != first.id


async def test_what_was_said_in_a_chat_and_then_in_the_terminal_is_one_note(notes: Notes) -> None:
    said = await notes.add("My sister is Li Na.")
    again, was = await notes.remember("My sister is Li Na.", important=True, source="command line")
    assert (again.id, again.important, was) == (said.id, True, None)
    assert await notes.count() == 1


async def test_an_edited_note_is_found_by_its_new_words_only(notes: Notes) -> None:
    note = await notes.add("My dog is called Rex", source="diary", created=5.0)
    edited = await notes.edit(note.id, "My cat is called 小黑")
    assert (edited.text, edited.source, edited.created) == ("My cat is called 小黑", "diary", 5.0)
    assert await notes.search("dog Rex") == ()
    assert (await notes.search("小黑"))[0].note == edited
    again = await notes.add("My dog is called Rex", source="diary")
    assert again.id != note.id


async def test_a_star_is_set_and_taken_away(notes: Notes) -> None:
    note = await notes.add("something to keep")
    assert (await notes.star(note.id)).important
    assert not (await notes.star(note.id, False)).important


async def test_a_forgotten_note_is_gone_from_the_files(notes: Notes, database: Database) -> None:
    for number in range(50):
        await notes.add(f"ordinary note {number}")
    note = await notes.add("zqxjsecret 绝密暗号 is my word", source="zqxsource")
    await notes.forget(note.id)
    assert await notes.search("zqxjsecret 绝密暗号") == ()
    assert await notes.count() == 50
    for path in database.path.parent.glob("agent.db*"):
        content = path.read_bytes()
        assert b"zqx" not in content
        assert "暗号".encode() not in content


async def test_words_that_no_note_has_any_more_leave_the_index(notes: Notes, database: Database) -> None:
    made = [await notes.add(f"shared word{number} 蛋糕") for number in range(3)]
    for note in made:
        await notes.forget(note.id)
    rows = await database.read(
        lambda db: [db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("term", "block")]
    )
    assert rows == [0, 0]


async def test_notes_are_listed_newest_first_by_pages_and_by_their_text(notes: Notes) -> None:
    for number in range(5):
        await notes.add(f"note {number} 50% a_b", created=1000.0 + number)
    await notes.add("other", created=1.0)
    listed = await notes.all(limit=2)
    assert [note.text for note in listed] == ["note 4 50% a_b", "note 3 50% a_b"]
    assert [note.text for note in await notes.all(limit=9, offset=4)] == ["note 0 50% a_b", "other"]
    assert [note.text for note in await notes.all(matching="NOTE 3")] == ["note 3 50% a_b"]
    assert await notes.count(matching="50% a_") == 5
    assert await notes.count(matching="axb") == 0
    assert await notes.count() == 6


async def test_who_is_not_there_is_named(notes: Notes) -> None:
    for act in (notes.get(7), notes.edit(7, "x"), notes.star(7), notes.forget(7)):
        with pytest.raises(NotFound, match="7"):
            await act


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
async def test_a_note_needs_some_text(notes: Notes, text: str) -> None:
    with pytest.raises(BadInput):
        await notes.add(text)
    assert await notes.count() == 0


async def test_a_note_of_a_megabyte_is_kept_and_found(notes: Notes) -> None:
    text = ("上海 Shanghai 的天气 weather " * 40_000)[:1_000_000] + " pineapplecake"
    note = await notes.add(text)
    assert (await notes.search("pineapplecake"))[0].note.id == note.id
    assert (await notes.get(note.id)).text == text
    with pytest.raises(BadInput, match="longest"):
        await notes.add("x" * (LONGEST_NOTE + 1))


@pytest.mark.parametrize(
    "text",
    [
        "\ud83d alone",
        "a\x00b\x07c",
        "👩‍👩‍👧🎂",
        "مرحبا بالعالم",
        "שלום עולם",
        "'; DROP TABLE note; --",
        "\u202eabc\u202c",
        "龘" * 5000,
    ],
)
async def test_any_text_can_be_noted_and_asked_for(notes: Notes, text: str) -> None:
    note = await notes.add(text, source=text, keywords=[text])
    assert await notes.add(text, source=text) == note
    found = await notes.search(text)
    assert found == () or found[0].note == note
    await notes.forget(note.id)


async def test_a_very_long_question_is_decided_by_its_rarest_terms(notes: Notes) -> None:
    note = await notes.add("the rare word is xylophone")
    await notes.add("common words")
    question = " ".join(f"word{number}" for number in range(5_000)) + " xylophone"
    assert (await notes.search(question))[0].note == note


async def test_common_words_do_not_hide_the_note_that_also_has_the_rare_one(notes: Notes, tmp_path: Path) -> None:
    wanted = await notes.add("tea with xylophone")
    # More notes than are looked through for a common word.
    file = tmp_path / "tea.jsonl"
    file.write_text("".join(f'{{"text": "tea number{number}"}}\n' for number in range(index.WHOLE + 100)), "utf-8")
    await notes.import_(file)
    found = await notes.search("tea xylophone", limit=3)
    rare = await notes.search("xylophone")
    assert found[0].note == wanted
    # The common word still counts for it.
    assert found[0].score > rare[0].score > found[1].score


async def test_a_long_chinese_word_counts_as_one_word_and_not_as_all_its_pairs(notes: Notes) -> None:
    wanted = await notes.add("Cahava gave me a book: 柏拉图")
    for number in range(8):
        await notes.add(f"柏拉图, 柏拉图, 柏拉图! {number}")
        await notes.add(f"Cahava called {number}")
        await notes.add(f"Book {number} that Tom gave me")
    assert (await notes.search("cahava 柏拉图"))[0].note == wanted


async def test_of_a_question_of_common_words_only_the_note_with_all_of_them_is_found(
    notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As among a million notes: no word is rare, and only the two rarest are looked through.
    monkeypatch.setattr(index, "WHOLE", 5)
    monkeypatch.setattr(index, "INTERSECTED", 5)
    monkeypatch.setattr(index, "CANDIDATES", 10)
    wanted = await notes.add("tea with milk at home")
    file = tmp_path / "many.jsonl"
    lines = [f'{{"text": "{word} at home number{number}"}}\n' for number in range(900) for word in ("tea", "milk")]
    file.write_text("".join(lines), "utf-8")
    await notes.import_(file)
    assert (await notes.search("tea milk home"))[0].note == wanted


async def test_of_equally_good_ones_the_newest_are_the_best() -> None:
    scores = {7: 1.0, 3: 2.0, 5: 1.0, 9: 1.0, 1: 0.5}
    assert sorted(index.best(scores, 3)) == [3, 7, 9]
    assert sorted(index.best(scores, 9)) == [1, 3, 5, 7, 9]
    assert index.best(scores, 1) == [3]


async def test_the_words_of_a_question_are_found_once_and_then_in_the_cache(
    notes: Notes, cache: Cache[str, Words]
) -> None:
    await notes.search("what about tea")
    before = cache.stats
    await notes.words("what about tea")
    assert cache.stats.hits == before.hits + 1
    await notes.words("x" * 5_000)
    assert cache.stats.size == before.size


async def test_many_may_add_and_ask_at_once(notes: Notes) -> None:
    await asyncio.gather(*(notes.add(f"thing{number} 东西{number}") for number in range(60)))
    found = await asyncio.gather(*(notes.search(f"thing{number}") for number in range(60)))
    assert [hits[0].note.text for hits in found] == [f"thing{number} 东西{number}" for number in range(60)]


async def test_a_full_disk_keeps_the_notes_that_were_confirmed(
    notes: Notes, database: Database, tmp_path: Path
) -> None:
    kept = await notes.add("kept before the disk was full")
    file = tmp_path / "many.jsonl"
    file.write_text("".join(f'{{"text": "line {number} {"x" * 300}"}}\n' for number in range(2_000)), "utf-8")
    pages = await database.read(lambda db: db.execute("PRAGMA page_count").fetchone()[0])
    await database.read(lambda db: db.execute(f"PRAGMA max_page_count = {pages + 60}").fetchone())
    with pytest.raises(StorageError, match="disk is full"):
        await notes.import_(file)
    await database.read(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchone())
    assert await _first(notes, "kept before") == kept.text
    assert await database.read(lambda db: db.execute("PRAGMA integrity_check").fetchone()[0]) == "ok"
    report = await notes.import_(file)
    assert (report.taken + report.known, report.broken) == (2_000, ())
    assert await notes.count() == 2_001


async def test_a_forgotten_note_is_gone_from_the_copies_too(notes: Notes, database: Database) -> None:
    note = await notes.add("zqxjsecret is my word")
    await notes.edit(note.id, "zqxother is my word")
    kept = await notes.add("an ordinary note")
    copies = database.path.parent / "backups"
    copy = copies / "agent-2020-01-02.db"
    assert await database.change_copies(lambda folder: backups.copy_of_day(database.path, folder, lambda: False))
    made = next(copies.glob("agent-*.db"))
    made.replace(copy)
    before = copy.stat().st_mtime_ns
    assert await notes.forget(note.id) == 0
    assert copy.stat().st_mtime_ns == before
    assert b"zqx" not in copy.read_bytes()
    assert backups.is_sound(copy)
    assert kept.text.encode() in copy.read_bytes()


async def test_of_too_many_notes_the_least_useful_go_and_are_written_down_before(notes: Notes, tmp_path: Path) -> None:
    made = [await notes.add(f"thing number{number}", important=number == 0) for number in range(6)]
    await notes.used([made[1].id, 999])
    assert await notes.prune(0, tmp_path) == 0
    assert await notes.prune(6, tmp_path) == 0
    assert await notes.prune(3, tmp_path) == 3
    assert {note.id for note in await notes.all()} == {made[0].id, made[1].id, made[5].id}
    assert await notes.prune(1, tmp_path) == 2
    assert [note.id for note in await notes.all()] == [made[0].id]
    files = sorted(tmp_path.glob("removed-notes-*.jsonl"))
    for file in files:
        await notes.import_(file)
    assert await notes.count() == 6


async def test_notes_with_a_star_stay_however_many_there_are(notes: Notes, tmp_path: Path) -> None:
    for number in range(3):
        await notes.add(f"thing number{number}", important=True)
    assert await notes.prune(1, tmp_path) == 0
    assert await notes.count() == 3


async def test_notes_of_an_older_version_are_found_as_before(
    folder: Folder, threads: Threads, cache: Cache[str, Words]
) -> None:
    folder.make()
    with contextlib.closing(sqlite3.connect(folder.database, isolation_level=None)) as old:
        migrations.migrate(old, to=2)
        old.execute("BEGIN")  # else each row is a transaction that waits for the disk
        words = [["tea", f"number{at}"] for at in range(2000)] + [["tea", "xylophon"]]
        ids: dict[str, int] = {}
        for note, found in enumerate(words, 1):
            held = [ids.setdefault(word, len(ids) + 1) for word in found]
            old.execute(
                "INSERT INTO note VALUES (?, ?, 1, 1, 0, NULL, NULL, '', ?, '[]', ?, ?)",
                (note, note, "talk" if note > 1999 else "", array("i", held).tobytes(), " ".join(found)),
            )
            old.executemany("INSERT INTO posting VALUES (?, ?, 20)", [(term, note) for term in held])
        rows = [(number, word, sum(word in found for found in words)) for word, number in ids.items()]
        old.executemany("INSERT INTO term VALUES (?, ?, ?)", rows)
        old.execute("COMMIT")
    database = await Database.open(folder.database, folder.backups)
    notes = Notes(database, threads, cache)
    found = [hit.note.text for hit in await notes.search("tea xylophone")]
    assert found[0] == "tea xylophon"
    # Lines of one conversation: the one beside comes next.
    assert found[1] == "tea number1999"
    assert (await notes.search("number700 tea"))[0].note.id == 701
    await notes.forget(2001)
    assert "tea xylophon" not in [hit.note.text for hit in await notes.search("tea xylophone")]
    await database.close()


def test_a_term_is_found_among_the_bytes_of_others_and_not_across_them() -> None:
    numbers = (0, 1, 256, 257, 65536, 1 << 24)
    for terms in product(numbers, repeat=3):
        for term in numbers:
            assert index.holds(array("i", terms).tobytes(), array("i", (term,)).tobytes()) == (term in terms)
    assert not index.holds(b"", array("i", (1,)).tobytes())
