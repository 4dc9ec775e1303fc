"""Setting up a checkout: what is built once, what is kept, and what is never mistaken for something else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop_agent.inference.variants import VARIANTS

PACKAGING = Path(__file__).resolve().parent.parent / "packaging"


@pytest.fixture
def llama_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    monkeypatch.syspath_prepend(str(PACKAGING))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "缓存 cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "缓存 cache"))
    import llama_wheel

    return llama_wheel


def test_a_wheel_is_not_used_after_a_flag_has_changed(llama_wheel: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = llama_wheel.key()
    assert llama_wheel.key() == before
    monkeypatch.setitem(llama_wheel.DEFINES, "GGML_OPENMP", "OFF")
    assert llama_wheel.key() != before


def test_a_wheel_made_for_one_processor_is_not_used_on_another(
    llama_wheel: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama_wheel, "for_all_processors", lambda: False)
    before = llama_wheel.key()
    fewer = llama_wheel.processor_features()[:-1]
    monkeypatch.setattr(llama_wheel, "processor_features", lambda: fewer)
    assert llama_wheel.key() != before


def test_a_wheel_with_all_variants_is_used_on_every_processor(
    llama_wheel: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llama_wheel, "for_all_processors", lambda: True)
    before = llama_wheel.key()
    monkeypatch.setattr(llama_wheel, "processor_features", list)
    assert llama_wheel.key() == before
    assert llama_wheel.defines()["GGML_NATIVE"] == "OFF"


def test_every_variant_that_the_program_chooses_among_is_compiled(llama_wheel: ModuleType) -> None:
    left_out = re.search(r"set\(LEFT_OUT ([^)]*)\)", llama_wheel.HOOK.read_text("utf-8"))
    assert left_out is not None
    assert not set(left_out[1].split()) & set(VARIANTS)


def test_only_a_finished_wheel_is_found(llama_wheel: ModuleType) -> None:
    wheels = llama_wheel.cache() / "wheels"
    (unfinished := wheels / ".building-x").mkdir(parents=True)
    (unfinished / "llama_cpp_python-0-py3-none-any.whl").touch()
    assert llama_wheel.stored() is None
    unfinished.rename(wheels / llama_wheel.key())
    assert llama_wheel.stored() == wheels / llama_wheel.key() / "llama_cpp_python-0-py3-none-any.whl"


def test_a_second_set_up_waits_for_the_first(llama_wheel: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    program = (
        f"import sys; sys.path.insert(0, {str(PACKAGING)!r}); import llama_wheel, pathlib\n"
        f"with llama_wheel.locked(pathlib.Path({str(lock)!r}), 'waiting'): print('in', flush=True)"
    )
    with llama_wheel.locked(lock, "never said"):
        other = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert other.stderr is not None
        assert other.stderr.readline() == "waiting\n"
        assert other.poll() is None
    out, _ = other.communicate(timeout=30)
    assert (out, other.returncode) == ("in\n", 0)


def test_a_word_that_set_up_does_not_know_is_a_wrong_use() -> None:
    for words in ([], ["fly"], ["check", "--quickly"]):
        answer = subprocess.run([sys.executable, PACKAGING / "set_up.py", *words], capture_output=True, text=True)
        assert answer.returncode == 2
        assert answer.stderr.startswith("usage: set_up.py run|test|bench")
