"""Servers on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_agent.cli import main
from desktop_agent.system import Folder
from tests.inference import loopback as lo
from tests.inference.loopback import Loopback, loopback

Say = Callable[..., tuple[int, list[dict[str, Any]], str]]


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


@pytest.fixture
def say(folder: Folder, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Runs one command with ``--json``, in English: status, records, and what went to standard error."""
    monkeypatch.setenv("DESKTOP_AGENT_LANGUAGE", "en")

    def run(*words: str) -> tuple[int, list[dict[str, Any]], str]:
        status = main(["--folder", str(folder.root), "--json", *words])
        said = capfd.readouterr()
        return status, [json.loads(line) for line in said.out.splitlines()], said.err

    return run


def test_the_models_of_a_server_stand_in_the_list(say: Say, server: Loopback) -> None:
    status, records, _ = say("model", "list", "--set", f"server_address={server.host}")
    assert status == 0
    assert [(one["name"], one["server"]) for one in records if one.get("server")] == [
        ("tiny", server.address),
        ("big", server.address),
    ]
    assert not any(one.get("server") for one in say("model", "list")[1])
    assert server.listed == 1


def test_a_server_that_does_not_answer_is_told_beside_the_list(say: Say, server: Loopback) -> None:
    server.listing = lo.status(401)
    status, records, error = say("model", "list", "--set", f"server_address={server.host}")
    assert status == 0 and not any(one.get("server") for one in records)
    assert "does not accept the key" in error


def test_a_question_may_name_the_model_of_a_server(say: Say, server: Loopback) -> None:
    say("settings", "set", "server_address", server.address)
    status, records, _ = say("chat", "hello", "--server-model", "big")
    assert status == 0
    assert (records[-1]["text"], records[-1]["engine"]) == ("Hello there.", f"big @ {server.host}")
    assert server.asked[0]["model"] == "big"
    again = str(records[-1]["conversation"])
    assert say("chat", "and?", "--conversation", again)[1][-1]["engine"] == f"big @ {server.host}"
    (told,) = [one for one in say("model", "servers")[1] if one["connected"]]
    assert (told["conversations"], told["models"], told["problem"]) == (1, ["tiny", "big"], None)
    assert say("chat", "other")[1][-1]["engine"] == "guide"


@pytest.mark.parametrize("name", ["small", "tiny@elsewhere:1", "@"])
def test_a_model_that_no_server_has_is_refused_before_anything_is_sent(say: Say, server: Loopback, name: str) -> None:
    status, _, error = say("chat", "hello", "--server-model", name, "--set", f"server_address={server.host}")
    assert status == 1 and "No connected server has" in error
    assert server.asked == []


def test_a_server_that_is_down_is_told(say: Say) -> None:
    status, records, _ = say("model", "servers", "--set", "server_address=127.0.0.1:1")
    assert status == 1
    assert "cannot be reached" in str(records[0]["problem"])


def test_imported_conversations_go_to_their_server_again_only_when_that_is_said(
    say: Say, server: Loopback, tmp_path: Path
) -> None:
    say("settings", "set", "server_address", server.address)
    (*_, answered) = say("chat", "hello", "--server-model", "big")[1]
    file, number = str(tmp_path / "a.jsonl"), str(answered["conversation"])
    say("conversation", "export", file)
    say("conversation", "delete", "--for-good", number)
    for more, chosen in ((), False), (("--servers",), True):
        _, (report,), _error = say("conversation", "import", file, *more)
        (sent,) = report["servers"]
        assert (sent["server"], sent["model"], sent["chosen"]) == (server.address, "big", chosen)
        asked = len(server.asked)
        say("chat", "and?", "--conversation", str(sent["conversation"]))
        assert len(server.asked) - asked == chosen
        say("conversation", "delete", "--for-good", str(sent["conversation"]))
