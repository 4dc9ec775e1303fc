"""``desktop-agent doctor``: one page about what is here and what is wrong."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_agent import __version__
from desktop_agent.cli import main
from desktop_agent.system import Folder
from tests.inference import loopback as lo
from tests.inference.loopback import loopback

Asked = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this computer speaks."""
    monkeypatch.setenv("DESKTOP_AGENT_LANGUAGE", "en")


@pytest.fixture
def asked(folder: Folder, tiny_model: Path, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Runs ``doctor --json``; its exit status and its record."""

    def asking(*options: str, model: Path = tiny_model, where: Path = folder.root) -> tuple[int, dict[str, Any]]:
        status = main(["--folder", str(where), "doctor", "--json", "--set", f"model={model}", *options])
        [line] = capsys.readouterr().out.splitlines()
        return status, json.loads(line)

    return asking


def sentences(record: dict[str, Any]) -> str:
    return " ".join(trouble["message"] for trouble in record["troubles"])


def test_what_is_here_is_told_under_stable_names(asked: Asked, tiny_model: Path, folder: Folder) -> None:
    status, record = asked()
    assert set(record) == {
        "well", "version", "system", "processor", "cores", "threads", "ram_total_bytes", "ram_free_bytes", "features",
        "variant", "variants", "folder", "folder_writable", "disk_free_bytes", "database", "notes", "conversations",
        "builtin_model", "model", "model_usable", "model_needed_bytes", "model_fits", "servers", "settings", "log",
        "troubles",
    }  # fmt: skip
    assert record["version"] == __version__
    assert record["variant"]
    assert record["servers"] == []
    assert record["cores"] >= 1
    assert 0 < record["ram_free_bytes"] <= record["ram_total_bytes"]
    assert record["folder"] == str(folder.root)
    assert (record["database"], record["notes"], record["conversations"]) == ("well", 0, 0)
    assert record["model"] == str(tiny_model)
    assert record["model_usable"] and record["model_fits"] and record["model_needed_bytes"] > 0
    assert status == (1 if record["troubles"] else 0)
    # A tree where the built-in model has not been made yet has only that trouble.
    assert record["builtin_model"] or "built-in model" in sentences(record)


def test_the_page_for_people_ends_with_what_to_try(
    folder: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--folder", str(folder.root), "doctor", "--set", f"model={tmp_path / 'gone.gguf'}"])
    page = capsys.readouterr().out
    assert status == 1
    assert len(page.splitlines()) < 30
    assert page.splitlines()[0].split() == ["Desktop", "Agent", __version__]
    assert "There is no model file" in page.partition("What is wrong")[2]
    assert "Choose it again." in page


def test_a_model_that_cannot_be_used_is_trouble(asked: Asked, tmp_path: Path) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_text("<html>", "utf-8")
    status, record = asked(model=broken)
    assert status == 1
    assert not record["model_usable"]
    assert "broken.gguf is not a GGUF model" in sentences(record)


def test_a_damaged_database_is_told(asked: Asked, folder: Folder) -> None:
    folder.database.write_bytes(b"no database at all" * 500)
    status, record = asked()
    assert (status, record["database"]) == (1, "repaired")
    assert "damaged" in sentences(record)


def test_a_database_of_a_newer_version_is_left_alone(asked: Asked, folder: Folder) -> None:
    asked()
    connection = sqlite3.connect(folder.database)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = folder.database.read_bytes()
    status, record = asked()
    assert (status, record["database"], record["notes"]) == (1, "unusable", None)
    assert folder.database.read_bytes() == before


def test_settings_that_could_not_be_read_are_told(asked: Asked, folder: Folder) -> None:
    folder.settings.write_text("theme = [", "utf-8")
    status, record = asked()
    assert status == 1
    assert "damaged" in sentences(record)


def test_a_folder_that_cannot_be_used_hides_nothing_else(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, record = asked(where=tmp_path / "file" / "folder")
    assert status == 1
    assert not record["folder_writable"]
    assert record["database"] == "unusable"
    assert record["model_usable"]
    assert record["variant"]


def test_connected_servers_are_asked_and_no_others(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKTOP_AGENT_SERVER_KEY", "k")
    with loopback() as well, loopback() as ill, loopback() as unasked:
        ill.listing = lo.status(500)
        status, record = asked("--set", f"server_address={well.host} {ill.host} ftp://x")
        assert unasked.listed == 0
    answered, failed = record["servers"]
    assert (answered["server"], answered["answers"], answered["models"]) == (well.address, True, 2)
    assert (failed["server"], failed["answers"], failed["models"]) == (ill.address, False, 0)
    assert status == 1
    assert ill.host in sentences(record) and well.host not in sentences(record) and "ftp://x" in sentences(record)
