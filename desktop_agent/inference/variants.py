"""The builds of llama.cpp's computing part that lie beside each other, and the one for this processor.

One installation runs on every x86-64 processor: the computing part is there several times, each made for a family of
processors, and the best one that runs here is loaded. Left alone llama.cpp would look for it in the current folder,
where anybody may have put one.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_agent.runtime.processor import Feature, Processor, processor
from desktop_agent.words import _

log = logging.getLogger(__name__)

NATIVE = "native"
"""The name of the only variant of a library that was compiled for the computer at hand."""

_SSE42, _AVX = (Feature.SSE42,), (Feature.SSE42, Feature.AVX)
_IVY_BRIDGE = (*_AVX, Feature.F16C)
_HASWELL = (*_IVY_BRIDGE, Feature.FMA, Feature.BMI2, Feature.AVX2)

VARIANTS: dict[str, tuple[Feature, ...]] = {
    "icelake": (*_HASWELL, Feature.AVX512, Feature.AVX512_VBMI, Feature.AVX512_VNNI),
    "alderlake": (*_HASWELL, Feature.AVX_VNNI),
    "haswell": _HASWELL,
    "ivybridge": _IVY_BRIDGE,
    "sandybridge": _AVX,
    "sse42": _SSE42,
    "x64": (),
}
"""What each variant needs, the quickest first; named after the first processors it fits."""

AUTOMATIC = "automatic"
LIMITS = {"avx512": "icelake", "avx_vnni": "alderlake", "avx2": "haswell", "avx": "ivybridge", "sse4.2": "sse42"}
"""The quickest variant that is tried for each value of the setting ``processor_variant`` that is not automatic."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A variant that is installed. ``missing`` is what this processor lacks for it.

    ``score`` is llama.cpp's own verdict: 0 does not run here, else higher is quicker; None when it was not asked.
    ``allowed`` is False for what is quicker than the settings allow.
    """

    name: str
    missing: tuple[Feature, ...] = ()
    score: int | None = None
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """The variant in use, and all that are installed, the quickest first."""

    name: str
    processor: Processor
    candidates: tuple[Candidate, ...] = ()

    @property
    def features(self) -> tuple[Feature, ...]:
        """What the processor has: as the system says, and what the variant in use has proved."""
        proved, told = VARIANTS.get(self.name, ()), self.processor.features
        if self.processor.features_known and any(candidate.score == 0 for candidate in self.candidates):
            told = frozenset()  # it promised too much
        return tuple(feature for feature in Feature if feature in told or feature in proved)

    def why(self) -> str:
        """Why it is this variant, in the user's language."""
        if self.name == NATIVE:
            return _("llama.cpp was compiled for this very processor")
        place = [candidate.name for candidate in self.candidates].index(self.name)
        if place == 0:
            return _("the quickest there is")
        better = self.candidates[place - 1]
        if not better.allowed:
            return _("the quickest that the settings allow (processor_variant)")
        if not better.missing:  # the system lists all it needs, and yet it does not run
            return _("the quickest that runs here")
        needs = ", ".join(better.missing)
        return _("the quickest that runs here; {name} needs {needs}", name=better.name, needs=needs)


def load_best(folder: Path, libggml: Any, limit: str = AUTOMATIC) -> Chosen:
    """Give ``libggml`` the computing part from ``folder`` that is the quickest here and not quicker than ``limit``.

    ``libggml`` is the handle through which its functions are found. A library that has its computing part built in
    stays as it is.

    Raises:
        OSError: none of those that are there runs on this processor.
    """
    here, files = processor(), _installed(folder)
    if not files:
        return Chosen(NATIVE, here)
    used, candidates = "", []
    for name, needs in VARIANTS.items():
        if name not in files:
            continue
        missing = tuple(feature for feature in needs if feature not in here.features) if here.features_known else ()
        allowed = limit not in LIMITS or not _quicker(name, LIMITS[limit])
        if used or missing or not allowed:
            candidates.append(Candidate(name, missing, allowed=allowed))
            continue
        # The system's list is not the last word: an emulator may show the list of another processor.
        score = _load(files[name], libggml)
        candidates.append(Candidate(name, score=score))
        used = name if score else ""
    if not used:
        raise OSError(f"no variant of {sorted(files)} runs on {here.name}")
    log.info("llama.cpp computes as for %s", used)
    return Chosen(used, here, tuple(candidates))


def _quicker(name: str, other: str) -> bool:
    order = list(VARIANTS)
    return order.index(name) < order.index(other)


def _installed(folder: Path) -> dict[str, Path]:
    def found() -> Iterator[tuple[str, Path]]:
        pattern = "ggml-cpu-*.dll" if sys.platform == "win32" else "libggml-cpu-*.so"
        for path in folder.glob(pattern):
            yield path.stem.rpartition("-")[2], path

    return dict(found())


def _load(path: Path, libggml: Any) -> int:
    """What the variant thinks of this processor; it is in use from now on unless that is 0."""
    # Not ggml_backend_load: on Windows it takes no path with characters outside of the computer's code page.
    variant = ctypes.CDLL(str(path))
    score = int(variant.ggml_backend_score())
    if score:
        variant.ggml_backend_init.restype = ctypes.c_void_p
        libggml.ggml_backend_register.argtypes = [ctypes.c_void_p]
        libggml.ggml_backend_register.restype = None
        libggml.ggml_backend_register(variant.ggml_backend_init())
    return score
