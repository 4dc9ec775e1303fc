"""The shelf of models: what fits, removing, moving the folder without losing anything."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop_agent.errors import BadInput, StorageError
from desktop_agent.inference import moving
from desktop_agent.inference.downloads import Downloads, Stage
from desktop_agent.inference.engines import Engines
from desktop_agent.inference.models import Models
from desktop_agent.inference.part import Part, Pin
from desktop_agent.inference.shelf import Shelf
from desktop_agent.runtime.lazy import LazyState
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings.catalogue import MODEL, MODELS_FOLDER
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from tests.tiny_model import write_tiny_model


class Room:
    """A shelf with what it stands in."""

    def __init__(self, folder: Folder, threads: Threads) -> None:
        self.settings = Settings.open(folder.settings, {}, {})
        self.models = Models(folder.models, folder.root / "none.gguf", threads)
        self.engines = Engines(self.settings, threads, Monitor(threads), self.models)
        self.downloads = Downloads(lambda: self.models.folder, threads, lambda: "automatic")
        self.speeds: dict[str, float] = {}
        self.shelf = Shelf(self.settings, threads, self.models, self.engines, self.downloads, self._speeds)
        self.settings.watch(lambda _changed: self._follow())

    async def _speeds(self) -> Mapping[str, float]:
        return self.speeds

    def _follow(self) -> None:
        chosen = self.settings[MODELS_FOLDER]
        self.models.folder = Path(chosen) if chosen else self.models.own_folder


@pytest.fixture
async def room(folder: Folder, threads: Threads) -> AsyncIterator[Room]:
    made = Room(folder, threads)
    yield made
    await made.downloads.close()
    await made.engines.close()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "verdicts.json")


async def test_a_look_says_what_is_here_what_could_be_and_what_suits(room: Room) -> None:
    path = write_tiny_model(room.models.folder / "mine.gguf", name="Mine")
    room.settings.set(MODEL, str(path))
    look = await room.shelf.look()
    (mine,) = look.installed
    assert (mine.title, mine.used, mine.offer) == ("Mine", True, None)
    assert mine.fit is not None and mine.fit.there_is_room
    assert len(look.offered) >= 6
    assert all(one.fit.needed_bytes > one.offer.bytes and one.words_per_second > 0 for one in look.offered)
    assert look.suitable in look.offered
    assert (look.measured, look.problem) == (False, None)


async def test_the_speed_is_that_of_answers_once_there_are_some(room: Room) -> None:
    path = write_tiny_model(room.models.folder / "mine.gguf")
    room.speeds["mine.gguf"] = 100.0
    look = await room.shelf.look()
    assert look.measured
    assert look.installed[0].words_per_second == pytest.approx(75.0)
    assert 0 < look.offered[0].words_per_second < 75.0 * path.stat().st_size / 300e6


async def test_a_paused_download_is_on_the_shelf(room: Room) -> None:
    offer = (await room.downloads.offers()).models[0]
    part = Part(room.models.folder / offer.file, Pin(offer.bytes, offer.sha256))
    part.open(lambda _done: None)
    part.add(b"x" * 1000)
    part.close()
    download = (await room.shelf.look()).offered[0].download
    assert download is not None
    assert (download.stage, download.done) == (Stage.PAUSED, 1000)


async def test_removing_the_model_in_use_lets_the_guide_answer(room: Room) -> None:
    path = write_tiny_model(room.models.folder / "mine.gguf")
    await room.engines.select(path)
    async with room.engines.ready():
        pass
    assert room.engines.state is LazyState.READY
    await room.shelf.remove(path)
    assert not path.exists()
    assert room.settings[MODEL] == ""
    assert room.engines.memory_bytes == 0


async def test_a_model_that_lies_elsewhere_is_not_deleted(room: Room, tiny_model: Path) -> None:
    with pytest.raises(BadInput, match=r"tiny.gguf is not in the folder for models. Delete it where it is"):
        await room.shelf.remove(tiny_model)
    assert tiny_model.exists()


async def test_a_moved_folder_takes_models_downloads_and_the_choice_along(room: Room, tmp_path: Path) -> None:
    old, new = room.models.folder, tmp_path / "新的 drive" / "models"
    path = write_tiny_model(old / "mine.gguf")
    (old / "half.gguf.part").write_bytes(b"half")
    (old / "half.gguf.part.json").write_text("{}", "utf-8")
    (old / "letter.txt").write_text("not a model")
    await room.engines.select(path)
    told: list[float] = []
    assert await room.shelf.move(new, told.append) == ()
    assert names(new) == ["half.gguf.part", "half.gguf.part.json", "mine.gguf"]
    assert names(old) == ["letter.txt"]
    assert room.settings[MODEL] == str(new / "mine.gguf")
    assert room.settings[MODELS_FOLDER] == str(new)
    assert told[-1] == 1.0
    assert [one.used for one in (await room.shelf.look()).installed] == [True]
    await room.shelf.move(old)
    assert room.settings[MODELS_FOLDER] == ""
    assert room.settings[MODEL] == str(path)


def another_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files have one name only, as on two disks or on a memory stick."""

    def refuse(*_names: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)


async def test_a_cancelled_move_leaves_everything_where_it_was(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_disk(monkeypatch)
    old, new = room.models.folder, tmp_path / "new"
    write_tiny_model(old / "a.gguf")
    write_tiny_model(old / "b.gguf", vocab=20_000, width=1024, heads=8)
    before = {name: (old / name).read_bytes() for name in names(old)}
    task = asyncio.create_task(room.shelf.move(new, lambda _done: task.cancel()))
    with pytest.raises(asyncio.CancelledError):
        await task
    if room.settings[MODELS_FOLDER] == "":  # the copy may have been quicker
        assert {name: (old / name).read_bytes() for name in names(old)} == before
        assert names(new) == []


async def test_a_disk_that_fails_in_the_middle_leaves_everything_where_it_was(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another_disk(monkeypatch)
    old, new = room.models.folder, tmp_path / "new"
    for name in ("a.gguf", "b.gguf"):
        write_tiny_model(old / name)
    copy = moving.copy_file

    def fails_at_b(source: Path, *rest: Any, **named: Any) -> None:
        if source.name == "b.gguf":
            raise OSError(5, "Input/output error")
        copy(source, *rest, **named)

    monkeypatch.setattr(moving, "copy_file", fails_at_b)
    with pytest.raises(StorageError):
        await room.shelf.move(new)
    assert names(old) == ["a.gguf", "b.gguf"]
    assert names(new) == []
    assert room.settings[MODELS_FOLDER] == ""


async def test_models_of_the_same_name_in_the_new_folder_are_kept(room: Room, tmp_path: Path) -> None:
    old, new = room.models.folder, tmp_path / "new"
    new.mkdir()
    write_tiny_model(old / "a.gguf")
    shutil.copy(old / "a.gguf", new / "a.gguf")
    write_tiny_model(old / "b.gguf")
    write_tiny_model(new / "b.gguf", seed=3)
    other = (new / "b.gguf").read_bytes()
    await room.shelf.move(new)
    assert names(new) == ["a.gguf", "b-2.gguf", "b.gguf"]
    assert (new / "b.gguf").read_bytes() == other
    assert names(old) == []


async def test_a_folder_inside_itself_is_refused(room: Room) -> None:
    with pytest.raises(BadInput, match="lies inside the folder that is to be moved"):
        await room.shelf.move(room.models.folder / "inside")
    await room.shelf.move(room.models.folder)  # to where it is: nothing happens
    assert room.settings[MODELS_FOLDER] == ""


async def test_a_folder_on_a_drive_that_is_gone_is_a_sentence(room: Room, tmp_path: Path) -> None:
    gone = tmp_path / "usb" / "models"
    room.settings.set_all({MODELS_FOLDER: str(gone), MODEL: str(gone / "mine.gguf")})
    look = await room.shelf.look()
    assert "is not there. Connect the drive it is on" in str(look.problem)
    assert "There is no model file" in str(look.installed[0].model.problem)
    async with room.engines.ready() as ready:
        assert ready.engine.name == "guide"
        assert ready.fallback_error is not None
