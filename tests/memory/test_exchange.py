"""Notes written to files and read from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_agent.errors import AgentError, BadInput, NotFound
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.line_files import LISTED, LONGEST_LINE
from desktop_agent.memory.notes import Notes


def _write(path: Path, *lines: object) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


async def test_what_is_exported_comes_back_unchanged(
    notes: Notes, conversations: Conversations, tmp_path: Path
) -> None:
    made = await conversations.create()
    await notes.add("我妹妹叫李娜。", conversation=made.id, important=True)
    await notes.add('two\nlines, "quoted" 🎂', source="D1:3 – diary", created=1_600_000_000.25, keywords=["a", "b"])
    file = tmp_path / "笔记 notes.jsonl"
    assert await notes.export(file) == 2
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert lines[1] == {
        "text": 'two\nlines, "quoted" 🎂',
        "created": 1_600_000_000.25,
        "keywords": ["a", "b"],
        "source": "D1:3 – diary",
    }
    assert (lines[0]["important"], lines[0]["conversation"]) == (True, str(made.id))
    # All are here already.
    report = await notes.import_(file)
    assert (report.taken, report.known) == (0, 2)
    for note in await notes.all():
        await notes.forget(note.id)
    report = await notes.import_(file)
    assert (report.taken, report.known, report.broken) == (2, 0, ())
    again = tmp_path / "again.jsonl"
    await notes.export(again)
    assert again.read_bytes() == file.read_bytes()


async def test_good_lines_are_taken_and_broken_ones_listed_with_their_numbers(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / "mixed.jsonl"
    lines = [
        b'\xef\xbb\xbf{"text": "with a mark before it"}',
        b"not json",
        b'{"text": ""}',
        b"",
        b'{"text": 5}',
        b'{"text": "good", "created": "2024-05-03T10:00:00+08:00", "conversation": 7, "unknown": {}}',
        b'{"text": "bad date", "created": "yesterday"}',
        b'{"text": "bad number", "created": NaN}',
        b'{"text": "bad keywords", "keywords": "tea"}',
        b'{"text": "bad flag", "important": "yes"}',
        b'{"text": "bad source", "source": ["x"]}',
        b"[1, 2]",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"text": "last, without a line end \xe5\xa5\xbd"}',
    ]
    file.write_bytes(b"\r\n".join(lines))
    report = await notes.import_(file)
    assert (report.taken, report.broken_lines) == (3, 11)
    assert [bad.number for bad in report.broken] == [2, 3, 5, 7, 8, 9, 10, 11, 12, 13, 14]
    assert all(bad.reason for bad in report.broken)
    (good,) = await notes.all(matching="good")
    assert good.created == 1_714_701_600.0
    assert (await notes.search("line end"))[0].note.text == "last, without a line end 好"


async def test_lines_of_several_conversations_may_say_the_same(notes: Notes, tmp_path: Path) -> None:
    file = _write(
        tmp_path / "talk.jsonl",
        {"text": "Yes!", "source": "D1:1", "conversation": "one"},
        {"text": "Yes!", "source": "D1:2", "conversation": "one"},
        {"text": "Yes!", "source": "D1:1", "conversation": "two"},
        {"text": "Yes!", "source": "D1:1", "conversation": "two"},
    )
    report = await notes.import_(file)
    assert (report.taken, report.known) == (3, 1)
    assert [note.source for note in await notes.all()] == ["D1:1", "D1:2", "D1:1"]


async def test_ten_thousand_lines_are_taken_while_others_go_on(notes: Notes, tmp_path: Path) -> None:
    import asyncio

    file = _write(
        tmp_path / "many.jsonl", *({"text": f"第{n}条 note about thing{n}", "source": str(n)} for n in range(10_000))
    )
    task = asyncio.create_task(notes.import_(file))
    seen = set()
    while not task.done():
        seen.add(await notes.count())
        await asyncio.sleep(0)
    assert (await task).taken == 10_000
    assert len(seen) > 10
    assert (await notes.search("thing7654"))[0].note.source == "7654"


async def test_ten_thousand_equal_lines_are_one_note(notes: Notes, tmp_path: Path) -> None:
    file = _write(tmp_path / "equal.jsonl", *({"text": "equal"} for _ in range(10_000)))
    report = await notes.import_(file)
    assert (report.taken, report.known) == (1, 9_999)


async def test_a_line_without_end_and_a_file_of_nonsense_are_only_counted(notes: Notes, tmp_path: Path) -> None:
    file = tmp_path / "nonsense.bin"
    file.write_bytes(
        b"x" * (LONGEST_LINE * 2 + 5) + b"\n" + b"\x00\x01\n" * (LISTED + 500) + b'{"text": "and one note"}'
    )
    report = await notes.import_(file)
    assert (report.taken, report.broken_lines, len(report.broken)) == (1, LISTED + 501, LISTED)
    assert "longer than" in report.broken[0].reason


async def test_files_that_cannot_be_used_are_named(notes: Notes, tmp_path: Path) -> None:
    await notes.add("something")
    with pytest.raises(NotFound, match="missing"):
        await notes.import_(tmp_path / "missing.jsonl")
    with pytest.raises(AgentError):
        await notes.import_(tmp_path)
    with pytest.raises(BadInput, match="is a folder"):
        await notes.export(tmp_path)
    with pytest.raises(AgentError):
        await notes.export(tmp_path / "no such folder" / "x.jsonl")
    assert await notes.export(tmp_path / "empty name") == 1


async def test_an_export_replaces_a_file_only_when_it_is_whole(
    notes: Notes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_agent.memory import line_files

    await notes.add("something")
    file = tmp_path / "notes.jsonl"
    file.write_text("the one before")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(line_files.os, "fsync", full)
    with pytest.raises(AgentError, match="disk is full"):
        await notes.export(file)
    assert file.read_text() == "the one before"
    assert [path.name for path in tmp_path.glob("notes*")] == ["notes.jsonl"]
