"""Conversations on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.test_command_line import Run, records, run

__all__ = ("run",)


def test_a_conversation_is_listed_found_thrown_away_and_put_back(run: Run) -> None:
    run("--json", "chat", "Where do tulips grow?")
    (listed,) = records(run("--json", "conversation", "list"))
    assert listed["title"] == "Where do tulips grow?"
    (hit, *_) = records(run("--json", "conversation", "search", "tulip"))
    assert hit["excerpt"][slice(*hit["marks"][0])] == "tulip"
    number = str(listed["id"])
    assert records(run("--json", "conversation", "delete", number))[0]["trash"]
    assert records(run("--json", "conversation", "list")) == []
    assert records(run("--json", "conversation", "search", "tulip")) == []
    assert [one["id"] for one in records(run("--json", "conversation", "list", "--trash"))] == [listed["id"]]
    assert not records(run("--json", "conversation", "restore", number))[0]["trash"]
    again = run("conversation", "restore", number)
    assert again.returncode == 2
    assert "not in the trash" in again.stderr


def test_conversations_go_to_a_file_and_come_back_from_it(run: Run, tmp_path: Path) -> None:
    run("chat", "Where do tulips grow?")
    file = tmp_path / "对话.jsonl"
    assert records(run("--json", "conversation", "export", str(file))) == [{"file": str(file), "conversations": 1}]
    (listed,) = records(run("--json", "conversation", "list"))
    run("conversation", "delete", "--for-good", str(listed["id"]))
    with file.open("a", encoding="utf-8") as lines:
        lines.write("{broken\n")
    back = run("--json", "conversation", "import", str(file))
    assert back.returncode == 1
    (report,) = records(back)
    assert (report["taken"], report["known"], report["broken_lines"]) == (1, 0, 1)
    assert [one["title"] for one in records(run("--json", "conversation", "list"))] == ["Where do tulips grow?"]
    assert run("conversation", "export", str(tmp_path / "a.md")).returncode == 0
    assert "Where do tulips grow?" in (tmp_path / "a.md").read_text("utf-8")
    assert run("conversation", "export", str(tmp_path / "a.pdf")).returncode == 2
