"""A Windows on Linux that leaves nothing behind: Wine 10 in a Debian of its own, below one folder, with a display.

    python3 packaging/wine/box.py FOLDER [LETTER=PLACE…] -- PROGRAM WORDS…

Needs root, for a file system and mounts of its own; the mounts are private and vanish with each run, so that the folder
may simply be deleted. Each place appears as a drive; ``LETTER=ro:PLACE`` cannot be written, ``LETTER=size:60M`` is an
empty disk of that size.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import llama_wheel
from llama_wheel import BuildFailed, say

SUITE = "trixie"
PACKAGES = (
    *("wine", "wine64", "xvfb", "imagemagick", "xdotool", "x11-utils", "locales"),
    *("fonts-dejavu-core", "fonts-noto-cjk"),
)
LANGUAGES = ("en_US.UTF-8", "zh_CN.UTF-8")
_INSIDE = Path(__file__).with_name("inside.sh")


@dataclass(frozen=True, slots=True)
class Look:
    """Whose computer it is: a Chinese language gives a Chinese Windows, ``user`` names the folder of the account."""

    language: str = LANGUAGES[0]
    user: str = "tester"
    scale: int = 100


@dataclass(frozen=True, slots=True)
class Box:
    """The Windows below ``folder``."""

    folder: Path
    shares: Mapping[str, str] = field(default_factory=dict)
    """Letter of a drive → what it shows, as in the module's words."""

    def make(self) -> None:
        """Install it; nothing when that was done.

        Raises:
            BuildFailed: not root, no debootstrap, no network, no space.
        """
        ready = self.folder / ".ready"
        if ready.exists():
            return
        if os.geteuid() != 0 or not shutil.which("debootstrap"):
            raise BuildFailed("The Wine box needs root and debootstrap (apt-get install debootstrap).")
        say(f"Making the Wine box in {self.folder}; this takes about five minutes…")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        included = f"--include={','.join(PACKAGES)}"
        self._host("debootstrap", "--variant=minbase", "--arch=amd64", included, SUITE, str(self.folder), mirror())
        (self.folder / "etc" / "hosts").write_text("127.0.0.1 localhost\n", "utf-8")
        (self.folder / "etc" / "locale.gen").write_text("".join(f"{name} UTF-8\n" for name in LANGUAGES), "utf-8")
        # The 32-bit part is for the setup program, whose first piece is always 32-bit.
        install = "DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends wine32:i386"
        script = f"locale-gen; dpkg --add-architecture i386; apt-get update -q; {install}; apt-get clean"
        self._host("chroot", str(self.folder), "sh", "-ec", script)
        ready.touch()

    def run(self, script: str, look: Look = Look(), variables: Mapping[str, str] | None = None) -> int:  # noqa: B008
        """Run a shell ``script`` in the box, in which ``win`` starts Windows programs; its exit status.

        One at a time: the end of a run stops all of Wine.
        """
        with llama_wheel.locked(self.folder / ".lock", "The Wine box is in use; waiting for it."):
            command = [
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "bash",
                "-ec",
                self._mounts(script, look, variables or {}),
            ]
            return subprocess.run(command, stdin=subprocess.DEVNULL).returncode

    def program(self, *words: str, look: Look = Look(), variables: Mapping[str, str] | None = None) -> int:  # noqa: B008
        """Run one Windows program; its exit status."""
        return self.run(f"win {shlex.join(words)}", look, variables)

    def prefix(self, look: Look) -> Path:
        """Where the drive C: of such a computer lies, seen from outside."""
        return self.folder / "boxes" / f"{look.language[:2]}-{look.user}"

    def _mounts(self, script: str, look: Look, variables: Mapping[str, str]) -> str:
        box, lines = shlex.quote(str(self.folder)), ["umask 022"]
        for letter, shown in self.shares.items():
            place = f"{box}/shares/{letter}"
            kind, sign, rest = shown.partition(":")
            (self.folder / "shares" / letter).mkdir(parents=True, exist_ok=True)
            if sign and kind == "size":
                lines.append(f"mount -t tmpfs -o size={shlex.quote(rest)} none {place}")
            else:
                lines.append(f"mount --bind {shlex.quote(rest if kind == 'ro' else shown)} {place}")
            if sign and kind == "ro":
                lines.append(f"mount -o remount,ro,bind {place}")
        # Wine names the account after the first line of its number.
        account = f"{look.user}:x:0:0::/boxes:/bin/bash"
        lines += [
            f"{{ echo {shlex.quote(account)}; grep -v '/boxes:' {box}/etc/passwd; }} > {box}/etc/passwd.box",
            f"mount --bind {box}/etc/passwd.box {box}/etc/passwd",
            f"mkdir -p {box}/boxes; cp {shlex.quote(str(_INSIDE))} {box}/boxes/inside.sh",
            f"mount -t proc proc {box}/proc; mount --rbind /dev {box}/dev",
            # Python asks there how many processors there are.
            f"mount --bind /sys {box}/sys; mount -o remount,ro,bind {box}/sys",
        ]
        given = {
            "HOME": "/boxes",
            "USER": look.user,
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": look.language,
            "LC_ALL": look.language,
            "WINEPREFIX": f"/boxes/{look.language[:2]}-{look.user}",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
            "SCALE": str(look.scale),
            **variables,
        }
        words = " ".join(f"{name}={shlex.quote(value)}" for name, value in given.items())
        inner = f"env -i {words} bash /boxes/inside.sh {shlex.quote(script)}"
        lines.append(f"exec chroot {box} {inner}")
        return "\n".join(lines)

    def _host(self, *command: str) -> None:
        log = self.folder / "box.log"
        with log.open("ab") as out:
            if subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out).returncode:
                raise BuildFailed(f"The Wine box could not be made: {command[0]} failed, see {log}.")


def mirror() -> str:
    """Where this Debian or its user gets packages from."""
    if said := os.environ.get("DEBIAN_MIRROR"):
        return said
    lists = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("debian*"))]
    for path in lists:
        if path.exists() and (
            found := re.search(r"^(?:deb .*?|URIs:\s*)(https?://\S+)", path.read_text(), re.MULTILINE)
        ):
            return found[1]
    raise BuildFailed("Say in DEBIAN_MIRROR where Debian's packages are: no list of sources was found.")


def main(words: Sequence[str]) -> int:
    """Run a program as the command line says."""
    before, _, program = " ".join(words).partition(" -- ")
    folder, *shares = before.split()
    box = Box(Path(folder), dict(share.split("=", 1) for share in shares))
    box.make()
    return box.run(f"win {program}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BuildFailed as failure:
        sys.exit(str(failure))
