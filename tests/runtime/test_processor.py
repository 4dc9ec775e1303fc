"""What the program knows about the processor."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_agent.runtime.processor import Feature, _of, processor

NEHALEM = "fpu sse sse2 pni ssse3 sse4_1 sse4_2 popcnt"
IVY_BRIDGE = f"{NEHALEM} avx f16c"


def told(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "cpuinfo"
    path.write_text(text, "utf-8")
    return path


def test_the_first_processor_of_several_is_told(tmp_path: Path) -> None:
    block = f"processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5-3320M  CPU @ 2.60GHz\nflags\t\t: {IVY_BRIDGE}\n\n"
    found = _of(told(tmp_path, block * 2))
    assert found.name == "Intel(R) Core(TM) i5-3320M CPU @ 2.60GHz"
    assert found.features == {Feature.SSE42, Feature.AVX, Feature.F16C}
    assert found.features_known


def test_avx_512_is_only_there_with_all_of_its_parts(tmp_path: Path) -> None:
    assert Feature.AVX512 not in _of(told(tmp_path, "flags : avx512f avx512cd\n")).features
    assert Feature.AVX512 in _of(told(tmp_path, "flags : avx512f avx512cd avx512vl avx512dq avx512bw\n")).features


def test_a_system_that_tells_nothing_is_no_trouble(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", told(tmp_path, "processor\t: 0\nBogoMIPS\t: 108.00\n")):
        found = _of(path)
        assert not found.features
        assert not found.features_known


@pytest.mark.skipif(sys.platform not in ("linux", "win32"), reason="only these tell it")
def test_this_processor_has_a_name() -> None:
    assert processor().name
