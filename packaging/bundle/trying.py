"""How a finished program is run to prove it: in a place of its own, with nothing of the developer's settings.

Needs nothing but Python 3.11 and its standard library.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import contents
import facts

WINDOWS = sys.platform == "win32"
LONGEST_S = 180.0
"""For one command; an old laptop under Wine is slow."""


class Wrong(Exception):
    """The program did not do what it should; the text says what."""


@dataclass
class Ended:
    """How a command ended; ``after_s`` is the time from ``mark`` being written to the end of the process."""

    status: int
    out: str
    err: str
    seconds: float
    after_s: float = 0.0


@dataclass
class Smoke:
    """One proof of the program in ``program``, in the temporary ``place``."""

    program: Path
    place: Path
    patience: float
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.place / "李娜 的文件"

    def run(self, *words: str, window: bool = False, mark: Path | None = None, folder: bool = True) -> Ended:
        """Run the program with ``words``, on the data folder unless told otherwise."""
        name = facts.programs()[0 if window else -1]
        command = [str(self.program / name), *(["--folder", str(self.data)] if folder else []), *words]
        started = time.monotonic()
        with subprocess.Popen(
            command,
            cwd=self.place / "elsewhere",
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as child:
            marked = self._wait_for(mark, child) if mark else 0.0
            try:
                out, err = child.communicate(timeout=LONGEST_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.communicate()
                raise Wrong(f"{' '.join(words)} did not end within {LONGEST_S:.0f} s") from None
        now = time.monotonic()
        after = now - marked if mark else 0.0
        text, told = (part.decode("utf-8").replace("\r\n", "\n") for part in (out, err))
        return Ended(child.returncode, text, told, now - started, after)

    def _wait_for(self, mark: Path, child: subprocess.Popen[bytes]) -> float:
        until = time.monotonic() + LONGEST_S
        while not mark.exists() and child.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        return time.monotonic()

    def environment(self) -> dict[str, str]:
        """This one without what developers set, and with every folder of the user in the temporary place."""
        names = {name for name in os.environ if not name.startswith(("DESKTOP_AGENT_", "PYTHON", "QT_", "LC_", "LANG"))}
        home = self.place / "home"
        places = {
            "HOME": home,
            "USERPROFILE": home,
            "APPDATA": home / "Roaming",
            "LOCALAPPDATA": home / "Local",
            "XDG_DATA_HOME": home / "share",
            "XDG_CONFIG_HOME": home / "config",
            "XDG_CACHE_HOME": home / "cache",
            "XDG_STATE_HOME": home / "state",
            "TEMP": self.place / "temp",
            "TMP": self.place / "temp",
            "TMPDIR": self.place / "temp",
        }
        for path in places.values():
            path.mkdir(parents=True, exist_ok=True)
        (self.place / "elsewhere").mkdir(exist_ok=True)
        plain = {name: os.environ[name] for name in names}
        language = {"LC_ALL": "C.UTF-8", "DESKTOP_AGENT_LANGUAGE": "en"}
        offscreen = {"QT_QPA_PLATFORM": "offscreen"} if self.offscreen else {}
        return plain | {name: str(path) for name, path in places.items()} | language | offscreen

    @property
    def offscreen(self) -> bool:
        """Whether there is no display."""
        return not WINDOWS and not os.environ.get("DISPLAY")


def snapshot(program: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file in the program's folder."""
    found = {}
    for path in contents.files(program):
        about = (program / path).lstat()
        found[path.as_posix()] = (about.st_size, about.st_mtime_ns)
    return found


def expect(good: bool, what: str, ended: Ended) -> None:
    """Raise ``Wrong`` with all that the command said unless ``good``."""
    if not good:
        raise Wrong(f"{what}\nstatus {ended.status} after {ended.seconds:.1f} s\nout: {ended.out}\nerr: {ended.err}")


@contextmanager
def temporary(keep: Path | None) -> Iterator[Path]:
    """An empty folder with a space and Chinese letters in its name; kept when a place for it is given."""
    if keep is not None:
        shutil.rmtree(keep, ignore_errors=True)
        keep.mkdir(parents=True)
        yield keep
        return
    # Not TemporaryDirectory: a virus scanner may hold a file a moment longer, and that is no failure.
    place = Path(tempfile.mkdtemp(prefix="测试 smoke "))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def pdf(words: str) -> bytes:
    """A page with ``words``."""
    drawn = f"BT /F1 12 Tf 20 50 Td ({words}) Tj ET".encode()
    font = b"<</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>"
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 100] /Contents 4 0 R /Resources " + font + b">>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawn), drawn),
    ]
    made, places = b"%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + head + table + end
