"""The processor of this computer: what it is called and which instructions it has, as the system tells it.

Under Docker and in a virtual machine that is what the host lets through. Where the list of instructions cannot be
had, ``features_known`` is False and an instruction that is not in it may be there all the same.
"""

from __future__ import annotations

import contextlib
import platform
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Feature(StrEnum):
    """Instructions that decide how quickly a model computes, oldest first; the values are their usual names."""

    SSE42 = "SSE4.2"
    AVX = "AVX"
    F16C = "F16C"
    FMA = "FMA"
    BMI2 = "BMI2"
    AVX2 = "AVX2"
    AVX_VNNI = "AVX-VNNI"
    AVX512 = "AVX-512"
    AVX512_VBMI = "AVX-512 VBMI"
    AVX512_VNNI = "AVX-512 VNNI"


@dataclass(frozen=True, slots=True)
class Processor:
    """``name`` is empty where the system does not tell it."""

    name: str
    features: frozenset[Feature]
    features_known: bool


_LINUX = {
    Feature.SSE42: ("sse4_2",),
    Feature.AVX: ("avx",),
    Feature.F16C: ("f16c",),
    Feature.FMA: ("fma",),
    Feature.BMI2: ("bmi2",),
    Feature.AVX2: ("avx2",),
    Feature.AVX_VNNI: ("avx_vnni",),
    Feature.AVX512: ("avx512f", "avx512cd", "avx512vl", "avx512dq", "avx512bw"),
    Feature.AVX512_VBMI: ("avx512vbmi",),
    Feature.AVX512_VNNI: ("avx512_vnni",),
}
"""What Linux calls them; the kernel leaves out what it does not support itself."""

# IsProcessorFeaturePresent of winnt.h. It knows no others, and none of these before Windows 10 of May 2020.
_WINDOWS = {Feature.SSE42: 38, Feature.AVX: 39, Feature.AVX2: 40, Feature.AVX512: 41}


def processor() -> Processor:
    """The processor this process runs on; quick, nothing is imported for it."""
    if sys.platform == "win32":
        import ctypes

        present = ctypes.windll.kernel32.IsProcessorFeaturePresent
        found = (feature for feature, number in _WINDOWS.items() if present(number))
        return Processor(_name_in_registry(), frozenset(found), False)
    return _of(Path("/proc/cpuinfo"))


def _of(path: Path) -> Processor:
    name, flags = "", None
    with contextlib.suppress(OSError):
        for line in path.read_text("utf-8", "replace").splitlines():
            key, _, value = line.partition(":")
            match key.strip():
                case "model name":
                    name = name or " ".join(value.split())
                case "flags" if flags is None:
                    flags = set(value.split())
    if flags is None:
        return Processor(name or platform.processor(), frozenset(), False)
    found = (feature for feature, needed in _LINUX.items() if flags.issuperset(needed))
    return Processor(name, frozenset(found), True)


def _name_in_registry() -> str:
    if sys.platform == "win32":
        import winreg

        place = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
            return " ".join(str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).split())
    return platform.processor()
