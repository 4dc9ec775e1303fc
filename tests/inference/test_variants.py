"""One build for every processor: the right variant of it is used, and says the same."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from desktop_agent.data_files import resources
from desktop_agent.inference.library import variant
from desktop_agent.inference.variants import LIMITS, NATIVE, VARIANTS, Candidate, Chosen
from desktop_agent.runtime.processor import Feature, Processor, processor

ROOT = Path(__file__).resolve().parent.parent.parent
LIMIT_S = 100

ANSWER = """
    import sys
    from pathlib import Path
    from desktop_agent.inference.engine import Sampling
    from desktop_agent.inference.library import variant
    from desktop_agent.inference.llama import LlamaModel
    from desktop_agent.inference.loading import StopFlag, ThreadCounts

    sys.stdout.reconfigure(encoding="utf-8")
    print(variant().name)
    for path in sys.argv[1:]:
        flag = StopFlag()
        model = LlamaModel.load(Path(path), context_tokens=512, threads=ThreadCounts(1, 1), stop=flag)
        model.read(model.prompt("<|im_start|>user\\nHow do I choose a model?<|im_end|>\\n<|im_start|>assistant\\n"))
        pieces = []
        model.write(Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=12), pieces.append)
        print(repr("".join(pieces)))
        model.close()
"""

separate = pytest.mark.skipif(
    platform.machine().lower() not in ("x86_64", "amd64") or sys.platform not in ("linux", "win32"),
    reason="compiled for the processor at hand",
)
emulated = pytest.mark.skipif(shutil.which("qemu-x86_64") is None, reason="qemu-user is not installed")


def answers(*before: str, models: tuple[Path, ...], folder: Path | None = None) -> list[str]:
    """The variant that was used, then what each model answered, in a process of its own."""
    result = subprocess.run(
        [*before, sys.executable, "-c", textwrap.dedent(ANSWER), *map(str, models)],
        capture_output=True, text=True, encoding="utf-8", timeout=LIMIT_S, check=False, cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path))},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def models(tiny_model: Path) -> tuple[Path, ...]:
    guide = resources() / "models" / "guide.gguf"
    return (tiny_model, guide) if guide.exists() else (tiny_model,)


@separate
def test_the_quickest_variant_that_runs_here_is_used() -> None:
    chosen = variant()
    if chosen.name == NATIVE:
        pytest.skip("this llama.cpp was compiled for the processor at hand")
    [used] = [candidate for candidate in chosen.candidates if candidate.score]
    assert used.name == chosen.name
    better = chosen.candidates[: chosen.candidates.index(used)]
    assert all(candidate.missing or candidate.score == 0 for candidate in better)
    if chosen.processor.features_known:
        assert set(VARIANTS[chosen.name]) <= processor().features


@pytest.mark.parametrize("limit", ["avx", "sse4.2"])
def test_the_settings_can_forbid_the_newest_instructions(limit: str, tmp_path: Path) -> None:
    if variant().name == NATIVE:
        pytest.skip("this llama.cpp was compiled for the processor at hand")
    told = subprocess.run(
        [sys.executable, "-m", "desktop_agent", "--folder", str(tmp_path), "--set", f"processor_variant={limit}",
         "--json", "doctor"],
        capture_output=True, text=True, encoding="utf-8", timeout=LIMIT_S, check=False, cwd=ROOT,
    )  # fmt: skip
    report = json.loads(told.stdout)
    order = list(VARIANTS)
    assert order.index(report["variant"]) >= order.index(LIMITS[limit])
    assert report["variant"] == LIMITS[limit] or not set(VARIANTS[LIMITS[limit]]) <= processor().features


def test_what_the_settings_forbid_is_given_as_the_reason() -> None:
    forbidden = Candidate("haswell", allowed=False)
    chosen = Chosen("sse42", Processor("", frozenset(), True), (forbidden, Candidate("sse42", score=1)))
    assert "processor_variant" in chosen.why()


@separate
def test_a_file_in_the_current_folder_is_never_taken_for_a_part_of_the_program(
    tiny_model: Path, tmp_path: Path
) -> None:
    for name in VARIANTS:
        (tmp_path / f"libggml-cpu-{name}.so").write_bytes(b"\x7fELF no library")
    assert answers(models=(tiny_model,), folder=tmp_path)[0] == variant().name


def test_a_system_that_lists_more_than_the_processor_has_is_not_believed() -> None:
    listed = Processor("emulated", frozenset(Feature), features_known=True)
    believed = Chosen("haswell", listed, (Candidate("haswell", score=64),))
    assert believed.features == tuple(Feature)
    refuted = Chosen("sse42", listed, (Candidate("haswell", score=0), Candidate("sse42", score=5)))
    assert refuted.features == (Feature.SSE42,)


@separate
@emulated
@pytest.mark.parametrize(("kind", "expected"), [("Nehalem", "sse42"), ("SandyBridge", "sandybridge")])
def test_an_old_processor_uses_its_own_variant_and_answers_the_same(tiny_model: Path, kind: str, expected: str) -> None:
    if variant().name == NATIVE:
        pytest.skip("this llama.cpp was compiled for the processor at hand")
    here = answers(models=models(tiny_model))
    there = answers("qemu-x86_64", "-cpu", kind, models=models(tiny_model))
    assert there[0] == expected
    assert there[1:] == here[1:]
