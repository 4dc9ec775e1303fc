"""The command line as another program meets it: a process, its output and its exit status."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_agent import __version__
from desktop_agent.data_files import resources
from desktop_agent.system import Folder
from tests import consoles

LIMIT_S = 60
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(folder: Folder, tiny_model: Path) -> Run:
    """Runs ``desktop-agent`` on the folder of the test with the tiny model."""

    def running(*arguments: str, typed: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "desktop_agent", "--folder", str(folder.root), *arguments],
            input=typed if typed is not None else "",
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT_S,
            check=False,
            env=plain_environment()
            | {
                "DESKTOP_AGENT_MODEL": str(tiny_model),
                "DESKTOP_AGENT_REPLY_TOKENS": "16",
                "DESKTOP_AGENT_CONTEXT_TOKENS": "512",
                **environment,
            },
        )

    return running


def plain_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DESKTOP_AGENT_", "LC_", "LANG"))}
    return kept | {"LANG": "C.UTF-8"}


def records(result: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_file_of_questions_is_searched_in_one_go(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "talk.jsonl"
    rows = [("Ann: I bought a piano.", "D1:1"), ("Ben: Nice, which colour?", "D1:2"), ("Ann: Black.", "D1:3")]
    notes = [json.dumps({"text": text, "source": source, "conversation": "c"}) for text, source in rows]
    lines.write_text("\n".join([*notes, json.dumps({"question": "What did Ann buy?", "sources": ["D1:1"]})]), "utf-8")
    assert records(run("memory", "import", str(lines), "--json"))[0]["imported"] == 3
    found = records(run("memory", "search", "--questions", str(lines), "--limit", "2", "--json"))
    assert [record["question"] for record in found] == ["What did Ann buy?"]
    assert next(note["source"] for note in found[0]["found"]) == "D1:1"
    assert len(found[0]["found"]) == 2
    assert run("memory", "search").returncode == 2
    measured = records(run("memory", "evaluate", str(lines), "--json"))
    assert [record["method"] for record in measured] == ["paper", "bm25", "ours"]
    assert measured[2]["recall@1"] == 1.0


def test_a_contradicted_note_shows_what_it_said(run: Run) -> None:
    run("memory", "add", "I live in Rome")
    added = records(run("memory", "add", "I live in Oslo", "--json"))[0]
    assert added["replaced"] == "I live in Rome"
    shown = records(run("memory", "history", str(added["id"]), "--json"))
    assert [record["text"] for record in shown] == ["I live in Oslo", "I live in Rome"]


def test_version_is_printed(run: Run) -> None:
    result = run("--version")
    assert result.returncode == 0
    assert result.stdout.strip() == f"Desktop Agent {__version__}"


def test_chat_answers_a_text_on_standard_output(run: Run) -> None:
    result = run("chat", "Hello")
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip()


def test_a_file_can_be_attached_to_a_question(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "会议.md"
    path.write_text("The meeting is on Friday.", "utf-8")
    answer = run("chat", "When is it?", "--attach", str(path), "--json", DESKTOP_AGENT_MODEL="")
    assert answer.returncode == 0, answer.stderr
    assert "on Friday" in json.loads(answer.stdout.splitlines()[-1])["text"]
    missing = run("chat", "When is it?", "--attach", str(tmp_path / "gone.pdf"))
    assert missing.returncode == 2 and "gone.pdf is not there any more" in missing.stderr


def test_chat_in_json_prints_the_events_of_the_turn(run: Run) -> None:
    result = run("chat", "--json", "Hello")
    assert result.returncode == 0, result.stderr
    events = records(result)
    assert events[0]["event"] == "asked"
    last = events[-1]
    assert last["event"] == "answered"
    assert last["text"] == "".join(event["text"] for event in events if event["event"] == "chunk")
    assert last["ending"] in ("complete", "length")
    assert {
        "engine",
        "prompt_tokens",
        "evaluated_tokens",
        "reply_tokens",
        "first_token_ms",
        "tokens_per_second",
    } <= set(last)


def test_lines_of_standard_input_are_one_conversation(run: Run) -> None:
    result = run("--json", "chat", typed="Hello\n\n  \nAnd again\n")
    assert result.returncode == 0, result.stderr
    answered = [event for event in records(result) if event["event"] == "answered"]
    assert len(answered) == 2
    assert answered[0]["conversation"] == answered[1]["conversation"]


def test_what_was_remembered_is_found_by_a_later_program(run: Run) -> None:
    run("chat", "记住我妹妹叫李娜。")
    later = records(run("chat", "--json", "我妹妹叫什么名字？"))
    [recalled] = [event for event in later if event["event"] == "recalled"]
    assert [note["text"] for note in recalled["notes"]] == ["我妹妹叫李娜。"]


def test_the_terminal_needs_no_qt_and_starts_without_jieba_and_llama(run: Run, folder: Folder) -> None:
    check = (
        "import sys; from desktop_agent.cli import main; main(sys.argv[1:]);"
        "heavy = {'PySide6', 'qasync', 'llama_cpp', 'jieba', 'numpy', 'psutil', 'jinja2'} & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", check, "memory", "list", "--folder", str(folder.root)],
        capture_output=True, text=True, timeout=LIMIT_S, check=False, env=plain_environment(),
    )  # fmt: skip
    assert result.returncode == 0, result.stderr


def test_notes_are_added_found_listed_and_forgotten(run: Run) -> None:
    added = records(run("memory", "add", "The printer in room 204 needs the old driver.", "--json"))[0]
    assert added["keywords"]
    found = records(run("memory", "search", "which driver does the printer need", "--json"))
    assert found[0]["id"] == added["id"]
    assert {"id", "text", "score", "keywords", "created", "source"} <= set(found[0])
    assert "room 204" in run("memory", "list").stdout
    assert run("memory", "forget", str(added["id"])).returncode == 0
    assert records(run("memory", "list", "--json")) == []
    gone = run("memory", "forget", str(added["id"]))
    assert gone.returncode == 1
    assert "There is no note" in gone.stderr


@pytest.mark.parametrize(
    "query", ["100%", "a_b", "it's", '"quoted"', "NEAR(", "* OR 1=1 --", "\\", "'; DROP TABLE note; --"]
)
def test_search_operators_are_plain_text(run: Run, query: str) -> None:
    result = run("memory", "search", query, "--json")
    assert result.returncode == 0, result.stderr
    assert result.stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made with the means of Unix")
def test_a_terminal_is_told_how_far_the_reading_is_and_keeps_nothing_of_it(folder: Folder, tiny_model: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "desktop_agent", "--folder", str(folder.root), "chat", "tulips " * 60]
    settings = {"DESKTOP_AGENT_MODEL": str(tiny_model), "DESKTOP_AGENT_REPLY_TOKENS": "16"}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs, env=plain_environment() | settings
    ) as program:
        os.close(theirs)
        said, told = program.communicate(timeout=LIMIT_S)[0], b""
        while piece := _read(ours):
            told += piece
    os.close(ours)
    assert program.returncode == 0 and said.strip(), told
    assert b"\rLoading the model: " in told and b"\rReading " in told
    wiped = [match.end() for match in re.finditer(rb"\r +\r", told)]
    assert wiped and b"Reading" not in told[wiped[-1] :] and b"Thinking" not in told[wiped[-1] :]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


def test_notes_come_back_from_an_export_as_they_were(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "笔记 in.jsonl"
    lines.write_text(
        '{"text": "奶奶喜欢京剧。", "source": "日记", "created": 1700000000, "important": true}\nnot json\n'
        '{"text": "She prefers tea."}\n',
        "utf-8",
    )
    taken = run("memory", "import", str(lines), "--json")
    assert taken.returncode == 1
    report = records(taken)[0]
    assert report["imported"] == 2
    assert report["bad_lines"][0]["line"] == 2
    out = tmp_path / "笔记 out.jsonl"
    assert run("memory", "export", str(out)).returncode == 0
    exported = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert {"奶奶喜欢京剧。", "She prefers tea."} == {note["text"] for note in exported}
    [grandma] = [note for note in exported if "京剧" in note["text"]]
    assert grandma["source"] == "日记"


def test_settings_are_listed_set_and_reset(run: Run) -> None:
    assert run("settings", "get", "history_length").stdout.strip() == "10"
    assert run("settings", "set", "history_length", "6").returncode == 0
    assert run("settings", "get", "history_length").stdout.strip() == "6"
    shown = {record["name"]: record for record in records(run("settings", "list", "--json"))}
    assert shown["history_length"]["source"] == "file"
    assert shown["model"]["source"] == "environment"
    assert run("settings", "reset", "history_length").returncode == 0
    assert run("settings", "get", "history_length").stdout.strip() == "10"


def test_the_command_line_wins_over_environment_and_file(run: Run) -> None:
    run("settings", "set", "history_length", "6")
    assert run("settings", "get", "history_length", DESKTOP_AGENT_HISTORY_LENGTH="8").stdout.strip() == "8"
    won = run("settings", "get", "history_length", "--set", "history_length=12", DESKTOP_AGENT_HISTORY_LENGTH="8")
    assert won.stdout.strip() == "12"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("settings", "get", "history_lenght"), "history_length"),
        (("settings", "set", "history_length", "-5"), "history_length takes"),
        (("settings", "set", "theme", "pink"), "dark"),
        (("chat", "--set", "nonsense", "hello"), "NAME=VALUE"),
        (("chat", "--set", "temperature=hot", "hello"), "temperature"),
        (("settings", "set", "language", "zh"), "Did you mean zh_CN?"),
        (("fly",), "not 'fly'"),
        (("memoy", "list"), "Did you mean memory?"),
        (("memory",), "desktop-agent memory needs VERB. See what it takes with: desktop-agent memory --help"),
        (("memory", "forget", "one"), "ID takes a whole number, not 'one'."),
        (("memory", "list", "--limit"), "--limit needs a value behind it."),
        (("memory", "list", "--fast"), "does not know --fast."),
        (("--json=1", "memory", "list"), "--json takes no value."),
        (("model", "remove", "guide"), "cannot be deleted"),
        (("memory", "search", "x", "--limit", "0"), "limit"),
    ],
)
def test_wrong_use_is_status_2_with_a_sentence_on_standard_error(
    run: Run, arguments: tuple[str, ...], said: str
) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_empty_message_is_status_1_with_a_sentence(run: Run) -> None:
    result = run("chat", "   ")
    assert result.returncode == 1
    assert "empty" in result.stderr
    assert records(run("conversation", "list", "--json")) == []


def test_a_conversation_that_is_not_there_is_told(run: Run) -> None:
    result = run("chat", "--conversation", "99", "hello")
    assert result.returncode == 1
    assert "conversation 99" in result.stderr


def test_errors_are_json_for_programs(run: Run) -> None:
    result = run("memory", "forget", "99", "--json")
    assert records(result)[0]["event"] == "error"
    assert records(result)[0]["code"] == "not_found"
    assert records(run("memory", "--json", "forgive", "99"))[0]["code"] == "bad_input"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_output_that_cannot_be_written_costs_a_sentence(folder: Folder) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "desktop_agent", "--folder", str(folder.root), "settings", "list"]
        result = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=LIMIT_S, check=False,
            env=plain_environment(),
        )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr.startswith("The output could not be written: ") and len(result.stderr.splitlines()) == 1


def test_a_chat_without_any_standard_input_ends_and_leaves_nothing(folder: Folder) -> None:
    if sys.platform == "win32":
        pytest.skip("a shell there always gives one")
    command = f'"{sys.executable}" -m desktop_agent --folder "{folder.root}" chat <&-'
    result = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=LIMIT_S, check=False, env=plain_environment()
    )
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows always has a display")
def test_without_a_display_the_window_says_what_to_do(run: Run) -> None:
    environment = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    result = run(**environment)
    assert result.returncode == 1
    assert "desktop-agent chat" in result.stderr


def test_the_computer_in_chinese_gets_chinese_sentences(run: Run) -> None:
    result = run("memory", "search", "没有的东西", LANG="zh_CN.UTF-8")
    assert result.returncode == 0
    assert "没有符合的记忆" in result.stderr


def test_bytes_that_are_no_text_do_not_end_the_chat(folder: Folder, tiny_model: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "desktop_agent", "chat", "--json", "--folder", str(folder.root)],
        input=b"caf\xe9 \xff\n",
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
        env=plain_environment() | {"DESKTOP_AGENT_MODEL": str(tiny_model), "DESKTOP_AGENT_REPLY_TOKENS": "16"},
    )
    assert result.returncode == 0, result.stderr
    asked = json.loads(result.stdout.splitlines()[0])
    assert asked["text"] == "caf\ufffd \ufffd"


def test_a_missing_dictionary_costs_the_notes_and_not_the_answer(
    folder: Folder, tiny_model: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "installed"
    shutil.copytree(resources(), broken / "resources", ignore=shutil.ignore_patterns("*.dat", "models"))
    start = (
        "import sys; sys._MEIPASS = sys.argv.pop(1); from desktop_agent.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    result = subprocess.run(
        [sys.executable, "-c", start, str(broken), "chat", "--json", "我妹妹叫什么？", "--folder", str(folder.root)],
        capture_output=True, text=True, timeout=LIMIT_S, check=False,
        env=plain_environment() | {"DESKTOP_AGENT_MODEL": str(tiny_model), "DESKTOP_AGENT_REPLY_TOKENS": "16"},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    answered = records(result)[-1]
    assert answered["text"]
    assert "dictionary" in answered["error"]["message"]


def test_ctrl_c_stops_the_answer_keeps_it_and_ends_with_130(folder: Folder, tiny_model: Path) -> None:
    process = subprocess.Popen(
        [
            sys.executable, "-m", "desktop_agent", "chat", "--json", "--folder", str(folder.root),
            "a long story, please",
            "--set", f"model={tiny_model}", "--set", "reply_tokens=8192", "--set", "context_tokens=8192",
        ],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=plain_environment(),
        creationflags=consoles.OWN_CONSOLE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "chunk":
                consoles.interrupt(process.pid)
                break
        rest, errors = process.communicate(timeout=LIMIT_S)
    finally:
        process.kill()
        process.wait()
    answered = json.loads(rest.splitlines()[-1])
    assert answered["event"] == "answered", errors
    assert answered["text"]
    assert process.returncode == (130 if answered["ending"] == "stopped" else 0), errors


def test_model_check_says_whether_the_model_fits_and_what_it_takes(run: Run, tiny_model: Path) -> None:
    (record,) = records(run("model", "check", str(tiny_model), "--json"))
    parts = record["weights_bytes"] + record["kv_bytes"] + record["buffers_bytes"]
    assert parts == record["needed_bytes"] > record["file_bytes"]
    assert record["stays_free_bytes"] == record["free_bytes"] - parts
    assert (record["fits"], record["fit"], record["smaller_context"]) == (True, "fits", None)
    told = run("model", "check", str(tiny_model))
    assert "MB stay free" in told.stdout
    assert "conversation of 512 tokens" in told.stderr


def test_model_list_says_whether_each_model_fits(run: Run) -> None:
    listed = records(run("model", "list", "--json"))
    assert {record["fit"] for record in listed if record["installed"]} == {"fits"}


def test_a_model_file_that_crashes_llama_cpp_costs_a_sentence(run: Run, folder: Folder, tiny_model: Path) -> None:
    assert run("model", "check", str(tiny_model)).returncode == 0
    verdicts = folder.models / "verdicts.json"
    files = json.loads(verdicts.read_text("utf-8"))
    crash = {"what": "{file} ended its trial.", "hint": "", "fields": {"file": "tiny.gguf"}}
    files["files"][str(tiny_model)] |= {"outcome": "crashed", "error": crash}
    verdicts.write_text(json.dumps(files), "utf-8")
    # Not tried again by a question; the guide answers and says why.
    asked = run("chat", "--json", "Hello")
    assert records(asked)[-1]["engine"] == "guide"
    # Tried again when somebody asks for it.
    assert run("model", "check", str(tiny_model)).returncode == 0
    assert records(run("chat", "--json", "Hello"))[-1]["engine"] == "tiny.gguf"
