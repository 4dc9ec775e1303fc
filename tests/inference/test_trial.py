"""A model file is tried in a child process; whatever it does there costs a sentence and is remembered."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference import TRY_MODEL, trial
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.judge import Judge
from desktop_agent.inference.models import VERDICTS, Models
from desktop_agent.inference.plan import Wish
from desktop_agent.inference.trial import CannotTry, seconds_allowed, tried
from desktop_agent.inference.verdicts import MOST_FILES, Outcome, Verdict, Verdicts
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder
from tests.tiny_model import write_tiny_model


@pytest.fixture
def models(folder: Folder, tmp_path: Path, threads: Threads) -> Models:
    return Models(folder.models, tmp_path / "none.gguf", threads)


@contextmanager
def child_that(monkeypatch: pytest.MonkeyPatch, code: str) -> Iterator[None]:
    """Trials run ``code`` in a real child process, in place of llama.cpp."""
    with monkeypatch.context() as patched:
        patched.setattr(trial, "command", lambda *_: [sys.executable, "-c", code])
        yield


def stored(models: Models) -> dict[str, dict[str, object]]:
    return json.loads((models.folder / VERDICTS).read_text("utf-8"))["files"]


def children() -> list[psutil.Process]:
    # Wine shows its own desktop as a child of whichever program started it.
    seen = [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in seen if child.name() != "explorer.exe"]


async def test_a_good_model_answers_in_its_trial(tiny_model: Path, threads: Threads) -> None:
    told: list[float] = []
    assert await tried(read_header(tiny_model), Wish(), threads, told.append) == Verdict(Outcome.GOOD)
    assert told == sorted(told)
    assert told[-1] == 1.0


async def test_a_model_is_tried_once(models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await models.check(tiny_model)
    with child_that(monkeypatch, "raise SystemExit('a second trial')"):
        await models.check(tiny_model)
        # The window that is opened tomorrow knows it too.
        await Models(models.folder, models.builtin, models._threads).check(tiny_model)
        assert stored(models)[str(tiny_model)]["outcome"] == "good"


async def test_a_file_that_changed_is_tried_again(models: Models, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "m.gguf")
    await models.check(path)
    first = stored(models)[str(path)]
    write_tiny_model(path, name="else")
    await models.check(path)
    assert stored(models)[str(path)] != first


async def test_what_was_imported_is_not_tried_again(
    models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await models.check(tiny_model)
    imported = await models.import_(tiny_model)
    with child_that(monkeypatch, "raise SystemExit('a second trial')"):
        await models.check(imported.path)
    assert set(stored(models)) == {str(tiny_model), str(imported.path)}


async def test_the_built_in_model_needs_no_trial(
    folder: Folder, tiny_model: Path, threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    with child_that(monkeypatch, "raise SystemExit('a trial')"):
        await Models(folder.models, tiny_model, threads).check(tiny_model)
    assert not (folder.models / VERDICTS).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes with numbers, not signals")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SIGSEGV", r"ended its trial with a crash \(SIGSEGV\)"),
        ("SIGABRT", r"ended its trial with a crash \(SIGABRT\)"),
        ("SIGBUS", r"ended its trial with a crash \(SIGBUS\)"),
        ("SIGILL", "needs an instruction that this processor does not have"),
        ("SIGKILL", "There is too little memory to load tiny.gguf"),
    ],
)
async def test_a_child_that_dies_costs_a_sentence(
    models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    die = f"import os, signal; os.kill(os.getpid(), signal.{name})"
    with child_that(monkeypatch, die), pytest.raises(ModelUnusable, match=sentence):
        await models.check(tiny_model)
    # It is remembered: the next question does not wait for another crash.
    with pytest.raises(ModelUnusable, match=sentence):
        await models.let_in(tiny_model, Wish())
    # Whoever asks for it once more gets another trial.
    await models.check(tiny_model)
    await models.let_in(tiny_model, Wish())


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (0xC0000005, r"ended its trial with a crash \(0xC0000005\)"),
        (0xC000001D, "needs an instruction that this processor does not have"),
        (0xC0000017, "There is too little memory to load tiny.gguf"),
        (3, r"ended its trial with a crash \(3\)"),
    ],
)
def test_the_numbers_of_windows_are_understood(tiny_model: Path, status: int, sentence: str) -> None:
    verdict = trial._verdict(tiny_model, trial._Ended({"done": 0.5}, status, ""))
    assert verdict.error is not None
    with pytest.raises(ModelUnusable, match=sentence):
        raise verdict.error


async def test_a_trial_that_takes_too_long_is_ended(
    models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "LEAST_SECONDS", 0.5)
    with (
        child_that(monkeypatch, "import time; time.sleep(100)"),
        pytest.raises(ModelUnusable, match="was not ready after 1 seconds"),
    ):
        await models.check(tiny_model)
    assert children() == []
    assert stored(models)[str(tiny_model)]["outcome"] == "too_slow"


def test_large_files_get_more_time() -> None:
    # 4.5 GB from a hard disk that gives 60 MB a second take 75 s.
    assert seconds_allowed(0) == 60
    assert 200 < seconds_allowed(4_500_000_000) < 400


async def test_a_cancelled_trial_leaves_no_child_and_no_verdict(
    models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = asyncio.Event()
    code = "import time; print('{\"done\": 0.5}', flush=True); time.sleep(100)"
    with child_that(monkeypatch, code):
        checking = asyncio.create_task(models.check(tiny_model, progress=lambda _: begun.set()))
        await asyncio.wait_for(begun.wait(), 30)
        checking.cancel()
        async with asyncio.timeout(50):  # by itself the child goes on for longer
            with pytest.raises(asyncio.CancelledError):
                await checking
    assert children() == []
    assert not (models.folder / VERDICTS).exists()


async def test_closing_the_program_ends_a_trial(
    folder: Folder, tiny_model: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    threads, begun = Threads(), asyncio.Event()
    models = Models(folder.models, tmp_path / "none.gguf", threads)
    with child_that(monkeypatch, "import time; print('{\"done\": 0.5}', flush=True); time.sleep(100)"):
        checking = asyncio.create_task(models.check(tiny_model, progress=lambda _: begun.set()))
        await asyncio.wait_for(begun.wait(), 30)
        assert await threads.close(wait_seconds=60) == ()
    assert children() == []
    await checking
    # That it was ended says nothing about the file.
    assert not (folder.models / VERDICTS).exists()


async def test_where_no_child_can_be_started_models_are_used_without_a_trial(
    models: Models, tiny_model: Path, threads: Threads, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(trial, "command", lambda *_: [str(tmp_path / "no such program")])
    with pytest.raises(CannotTry):
        await tried(read_header(tiny_model), Wish(), threads)
    assert (await models.check(tiny_model)).name == "tiny"
    assert not (models.folder / VERDICTS).exists()


async def test_noise_of_the_child_is_not_taken_for_its_verdict(
    models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "print('[1]'); print('GGML_ASSERT(x) failed'); print('{}'); import os; os.abort()"
    with child_that(monkeypatch, code), pytest.raises(ModelUnusable, match="crash"):
        await models.check(tiny_model)


def test_a_child_ends_when_nobody_waits_for_it(tiny_model: Path) -> None:
    child = subprocess.run(
        [sys.executable, "-m", "desktop_agent", TRY_MODEL, str(tiny_model)],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert child.returncode == 1
    assert b"outcome" not in child.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
async def test_ctrl_c_is_not_meant_for_the_child(tiny_model: Path, threads: Threads) -> None:
    code = f"""
import asyncio, os, signal
from pathlib import Path
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.plan import Wish
from desktop_agent.inference.trial import tried
from desktop_agent.runtime.threads import Threads
signal.signal(signal.SIGINT, lambda *_: None)
async def main():
    threads = Threads()
    header = read_header(Path({str(tiny_model)!r}))
    verdict = await tried(header, Wish(), threads, lambda _: os.killpg(0, signal.SIGINT))
    print(verdict.outcome)
    await threads.close()
asyncio.run(main())
"""
    parent = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True, start_new_session=True
    )
    assert parent.stdout.strip() == "good"


async def test_damaged_verdicts_are_made_anew(models: Models, tiny_model: Path) -> None:
    for damage in ("", "[]", '{"files": 3}', json.dumps({"files": {str(tiny_model): 5}}), "\0"):
        (models.folder / VERDICTS).write_text(damage)
        await models.check(tiny_model)
        assert stored(models)[str(tiny_model)]["outcome"] == "good"


async def test_verdicts_are_bounded(tiny_model: Path, tmp_path: Path) -> None:
    verdicts = Verdicts(tmp_path / "verdicts.json")
    header = read_header(tiny_model)
    (tmp_path / "verdicts.json").write_text(json.dumps({"files": {f"/{n}.gguf": {} for n in range(500)}}))
    verdicts.keep(header, Verdict(Outcome.GOOD))
    files = json.loads((tmp_path / "verdicts.json").read_text())["files"]
    assert len(files) == MOST_FILES
    assert verdicts.of(header) == Verdict(Outcome.GOOD)


async def test_verdicts_that_cannot_be_stored_do_no_harm(tiny_model: Path, tmp_path: Path, threads: Threads) -> None:
    (tmp_path / "file").write_text("no folder")
    judge = Judge(tmp_path / "file" / "verdicts.json", threads)
    await judge.judge(read_header(tiny_model), Wish())


async def test_a_verdict_is_worth_nothing_on_another_processor(
    models: Models, tiny_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await models.check(tiny_model)
    path = models.folder / VERDICTS
    path.write_text(path.read_text().replace(str(stored(models)[str(tiny_model)]["tried_with"]), "another"))
    with (
        child_that(monkeypatch, "import os; os.abort()" if os.name != "nt" else "import os; os._exit(3)"),
        pytest.raises(ModelUnusable, match="crash"),
    ):
        await models.let_in(tiny_model, Wish())
