"""Model files: listed, checked, imported."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable, StorageError
from desktop_agent.inference.models import VERDICTS, Models
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder
from tests.tiny_model import write_tiny_model


@pytest.fixture
def models(folder: Folder, tiny_model: Path, tmp_path: Path, threads: Threads) -> Models:
    """Nothing imported yet; the tiny model stands for the built-in one."""
    builtin = tmp_path / "guide.gguf"
    shutil.copy(tiny_model, builtin)
    return Models(folder.models, builtin, threads)


def here(models: Models) -> list[str]:
    """Names of the files in the models folder, but for what the program notes about them."""
    return sorted(path.name for path in models.folder.iterdir() if path.name != VERDICTS)


async def test_the_built_in_model_is_listed_first_and_then_by_name(models: Models) -> None:
    write_tiny_model(models.folder / "zebra.gguf", name="Zebra")
    write_tiny_model(models.folder / "斑马 two.GGUF", name="aardvark")
    (models.folder / "notes.txt").write_text("no model")
    assert [(model.name, model.builtin) for model in await models.list()] == [
        ("tiny", True),
        ("aardvark", False),
        ("Zebra", False),
    ]


async def test_the_chosen_model_is_listed_wherever_it_is(models: Models, tiny_model: Path) -> None:
    assert [model.path for model in await models.list(str(tiny_model))] == [models.builtin, tiny_model]
    inside = write_tiny_model(models.folder / "in.gguf")
    assert [model.path for model in await models.list(str(inside))] == [models.builtin, inside]


async def test_files_that_cannot_be_used_are_listed_with_the_reason(models: Models, tmp_path: Path) -> None:
    (models.folder / "broken.gguf").write_bytes(b"GGUF")
    gone = tmp_path / "gone.gguf"
    listed = {model.path.name: model.problem for model in await models.list(str(gone))}
    assert listed["guide.gguf"] is None
    assert "cut off" in str(listed["broken.gguf"])
    assert "There is no model file" in str(listed["gone.gguf"])


async def test_a_missing_folder_and_a_missing_built_in_model_list_nothing(tmp_path: Path, threads: Threads) -> None:
    assert await Models(tmp_path / "none", tmp_path / "none.gguf", threads).list() == ()


async def test_a_check_says_what_a_model_needs(models: Models, tiny_model: Path) -> None:
    model = await models.check(tiny_model)
    assert (model.name, model.context_length) == ("tiny", 512)
    assert model.file_bytes == tiny_model.stat().st_size
    assert model.needed_bytes(100_000) == model.needed_bytes(512) > model.file_bytes


async def test_a_check_asks_llama_cpp_as_well(models: Models, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "m.gguf", architecture="frobnicator")
    with pytest.raises(ModelUnusable, match="has the architecture frobnicator, which this program does not know"):
        await models.check(path)


async def test_an_import_copies_the_file_under_its_name(models: Models, tmp_path: Path) -> None:
    source = write_tiny_model(tmp_path / "我的 model.gguf")
    told: list[float] = []
    imported = await models.import_(source, told.append)
    assert imported.path == models.folder / "我的 model.gguf"
    assert imported.path.read_bytes() == source.read_bytes()
    assert told[-1] == 1.0
    assert here(models) == ["我的 model.gguf"]


async def test_a_link_is_imported_as_the_file_it_means(models: Models, tiny_model: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.gguf"
    link.symlink_to(tiny_model)
    if not link.exists():
        pytest.skip("links to files do not work here")
    imported = await models.import_(link)
    assert imported.path.name == "link.gguf"
    assert not imported.path.is_symlink()


async def test_the_same_model_is_imported_once(models: Models, tiny_model: Path) -> None:
    first = await models.import_(tiny_model)
    assert (await models.import_(tiny_model)).path == first.path
    assert (await models.import_(first.path)).path == first.path
    assert here(models) == ["tiny.gguf"]


async def test_another_model_of_the_same_name_gets_a_number(models: Models, tiny_model: Path, tmp_path: Path) -> None:
    first = await models.import_(tiny_model)
    before = first.path.read_bytes()
    (tmp_path / "other").mkdir()
    second = await models.import_(write_tiny_model(tmp_path / "other" / "tiny.gguf", seed=5))
    assert second.path.name == "tiny-2.gguf"
    assert first.path.read_bytes() == before


async def test_what_cannot_be_used_is_not_imported(models: Models, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(models.builtin.read_bytes()[:-1])
    for source in (cut, tmp_path, tmp_path / "gone.gguf"):
        with pytest.raises(ModelUnusable):
            await models.import_(source)
    assert here(models) == []


async def test_a_cancelled_import_leaves_nothing_behind(models: Models, tmp_path: Path) -> None:
    source = write_tiny_model(tmp_path / "m.gguf", vocab=20_000, width=1024, heads=8)
    importing = asyncio.create_task(models.import_(source, lambda _: importing.cancel()))
    with pytest.raises(asyncio.CancelledError):
        await importing
    assert here(models) in ([], ["m.gguf"])  # the copy may have been quicker
    (models.folder / f"left over.gguf{'.importing'}").write_bytes(b"half")
    await models.import_(source)
    assert here(models) == ["m.gguf"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes no file that is larger than its disk")
async def test_a_disk_that_is_too_full_is_told_before_copying(models: Models, tmp_path: Path) -> None:
    huge = write_tiny_model(tmp_path / "huge.gguf")
    os.truncate(huge, shutil.disk_usage(tmp_path).free + (1 << 30))  # a hole takes no room
    with pytest.raises(StorageError, match=r"huge.gguf needs \d+ MB on the disk of .*, but only \d+ MB are free"):
        await models.import_(huge)
    assert here(models) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_of_another_account_is_a_sentence(tiny_model: Path, tmp_path: Path) -> None:
    secret = Path(shutil.copy(tiny_model, tmp_path / "secret.gguf"))
    code = f"""
import os, pathlib
from desktop_agent.inference.gguf import read_header
from desktop_agent.errors import ModelUnusable
os.setuid(65534)
try:
    read_header(pathlib.Path({str(secret)!r}))
except ModelUnusable as error:
    print(error)
"""
    secret.chmod(0o600)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert "This account may not read secret.gguf." in ended.stdout
