"""How much memory this process may have, where that is less than the computer has.

A container (control groups of Linux, both versions) and ``ulimit -v`` set such limits; psutil tells of
the whole computer. Reading costs about 0.05 ms.
"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path

GROUPS = Path("/sys/fs/cgroup")
UNLIMITED = 1 << 60
"""Version 1 says "no limit" with a number near 2 to the power of 63."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``total`` bytes at most, ``free`` of them not used; the tightest limit there is."""

    total: int
    free: int


@dataclass(frozen=True, slots=True)
class _Files:
    """Where one version of control groups says things."""

    root: Path
    most: str
    used: str
    idle: str
    """What in memory.stat can be given back at once: files that nobody looked at for a while."""


_V2 = _Files(GROUPS, "memory.max", "memory.current", "inactive_file")
_V1 = _Files(GROUPS / "memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


class Limits:
    """The limits on this process; finds its groups once."""

    def __init__(self) -> None:
        self._levels = _levels() if sys.platform == "linux" else []

    def group(self) -> Limit | None:
        """The tightest limit of the control groups; None when there is none."""
        found = [limit for files, folder in self._levels if (limit := _read(files, folder)) is not None]
        return min(found, key=lambda limit: limit.free, default=None)


def address_space_left(used_bytes: int) -> int | None:
    """Bytes that can still be reserved under ``ulimit -v`` when ``used_bytes`` are; None without such a limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft, _hard = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else max(0, soft - used_bytes)


def _levels() -> list[tuple[_Files, Path]]:
    """The group of this process and those around it."""
    levels: list[tuple[_Files, Path]] = []
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/self/cgroup").read_text("utf-8", "replace").splitlines():
            number, kinds, path = line.split(":", 2)
            if number == "0":
                files = _V2
            elif "memory" in kinds.split(","):
                files = _V1
            else:
                continue
            inside = path.strip("/")
            # In a container the path may be the one outside; its own root is then all there is.
            while inside and not (files.root / inside / files.most).exists():
                inside = inside.rpartition("/")[0]
            folder = files.root / inside
            levels += [(files, each) for each in (folder, *folder.parents) if each.is_relative_to(files.root)]
    return [(files, folder) for files, folder in levels if (folder / files.most).exists()]


def _read(files: _Files, folder: Path) -> Limit | None:
    with contextlib.suppress(OSError, ValueError):
        most = (folder / files.most).read_text("ascii").strip()
        if most == "max" or int(most) >= UNLIMITED:
            return None
        used = int((folder / files.used).read_text("ascii"))
        for line in (folder / "memory.stat").read_text("ascii").splitlines():
            name, _, value = line.partition(" ")
            if name == files.idle:
                used -= int(value)
                break
        return Limit(int(most), max(0, int(most) - max(0, used)))
    return None
