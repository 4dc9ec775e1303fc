"""The setup file for Windows: ``installer/desktop-agent.nsi`` compiled by makensis, and signatures.

Signing asks for two environment variables: ``SIGN_CERTIFICATE`` (a .pfx, or a .pem with the certificate) and
``SIGN_KEY`` (the .pem with the key, or the password of the .pfx). ``SIGN_TIME`` may name a service for time stamps.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import contents
import facts

SCRIPT = facts.ROOT / "installer" / f"{facts.COMMAND}.nsi"


class NotMade(Exception):
    """There is no setup file; the text says why."""


def make(program: Path, target: Path, work: Path, version: str, *, quick: bool = False) -> None:
    """Write the setup file ``target`` for the folder ``program``; ``quick`` packs it loosely.

    Raises:
        NotMade: no makensis, or it found a mistake.
    """
    makensis = find_makensis()
    if makensis is None:
        raise NotMade("makensis is missing. Debian, Ubuntu: apt-get install nsis; Windows: install NSIS 3.08 or newer.")
    work.mkdir(parents=True, exist_ok=True)
    files = [path.as_posix() for path in contents.files(program)]
    (work / "install.nsh").write_text(install_lines(program, files), "utf-8-sig", newline="\r\n")
    (work / "uninstall.nsh").write_text(uninstall_lines(files), "utf-8-sig", newline="\r\n")
    size = sum((program / path).stat().st_size for path in files)
    given = {
        "VERSION": version,
        "TARGET": target,
        "ICON": drawn(program, work) / "program.ico",
        "SIDE": work / "side.bmp",
        "INSTALL_LINES": work / "install.nsh",
        "UNINSTALL_LINES": work / "uninstall.nsh",
        "KILOBYTES": size // 1024,
        **({"QUICK": 1} if quick else {}),
        **({"SIGN": sign_command()} if certificate() else {}),
    }
    words = [f"-D{name}={value}" for name, value in given.items()]
    command = [makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)]
    # In a plain locale it cannot read its own command line when that names a folder in Chinese.
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    answer = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, env=environment)
    if answer.returncode:
        raise NotMade((answer.stdout + answer.stderr).decode("utf-8", "replace") + "\nmakensis made no setup file.")


def find_makensis() -> str | None:
    """makensis on the path, or where NSIS for Windows puts it."""
    if found := shutil.which("makensis"):
        return found
    for name in ("PROGRAMFILES(X86)", "PROGRAMFILES"):
        place = Path(os.environ.get(name, "")) / "NSIS" / "makensis.exe"
        if os.environ.get(name) and place.exists():
            return str(place)
    return None


def drawn(program: Path, work: Path) -> Path:
    """``work`` with the pictures that were drawn for the program; drawn again when this machine only packs."""
    if not all((work / name).exists() for name in ("program.ico", "side.bmp")):
        environment = os.environ | {"PYTHONPATH": str(facts.ROOT)}
        command = [sys.executable, str(facts.HERE / "icons.py"), str(work)]
        if subprocess.run(command, env=environment, stdin=subprocess.DEVNULL).returncode:
            raise NotMade(f"There is no icon in {work}; run build.py --only freeze for {program} first.")
    return work


def install_lines(program: Path, files: Iterable[str]) -> str:
    """What the setup does: every file named, in one order, the list of them first.

    The list comes first so that after an interruption it is known what there may be.
    """
    first = contents.list_path(program).relative_to(program).as_posix()
    ordered = [first, *(path for path in files if path != first)]
    lines, folder = [], None
    for path in ordered:
        place = path.rpartition("/")[0]
        if place != folder:
            lines.append(f'SetOutPath "$INSTDIR{_windows(place)}"')
            folder = place
        lines.append(f'File "{program / path}"')
    return "\n".join([*lines, 'SetOutPath "$INSTDIR"', ""])


def uninstall_lines(files: Iterable[str]) -> str:
    """What the uninstaller does: the very files deleted, then folders that are empty; never a folder with contents."""
    listed = list(files)
    folders = {parent for path in listed for parent in _parents(path)}
    deepest_first = sorted(folders, key=lambda folder: (-folder.count("/"), folder))
    lines = [f'Delete "$INSTDIR{_windows(path)}"' for path in listed]
    lines += [f'RMDir "$INSTDIR{_windows(folder)}"' for folder in deepest_first]
    return "\n".join([*lines, ""])


def _parents(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _windows(path: str) -> str:
    """``a/b`` as ``\\a\\b``, where ``$`` is no variable; nothing for nothing."""
    return "\\" + path.replace("/", "\\").replace("$", "$$") if path else ""


# -- signatures -------------------------------------------------------------------------------------------------------


def certificate() -> str | None:
    """The file of the certificate, when the builder has one."""
    return os.environ.get("SIGN_CERTIFICATE") or None


def sign_command() -> str:
    """The command that signs the file whose name is put behind it; for makensis, which signs the uninstaller too."""
    return f'"{sys.executable}" "{Path(__file__).resolve()}" --sign'


def sign_programs(program: Path) -> list[Path]:
    """Sign the programs in the folder; those signed, none without a certificate."""
    if certificate() is None:
        return []
    signed = [program / f"{facts.NAME}.exe", program / f"{facts.COMMAND}.exe"]
    for path in signed:
        sign(path)
    return signed


def find_signtool() -> str | None:
    """Microsoft's tool on the path, or the newest one of the Windows SDK."""
    if found := shutil.which("signtool"):
        return found
    kits = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Windows Kits" / "10" / "bin"
    return next((str(path) for path in sorted(kits.glob("10.*/x64/signtool.exe"), reverse=True)), None)


def sign(path: Path) -> None:
    """Put a signature into ``path``.

    Raises:
        NotMade: neither osslsigncode nor signtool, or it refused.
    """
    file, key, service = certificate() or "", os.environ.get("SIGN_KEY", ""), os.environ.get("SIGN_TIME", "")
    draft = path.with_name(path.name + ".signed")
    is_pfx = file.lower().endswith((".pfx", ".p12"))
    if tool := shutil.which("osslsigncode"):
        who = ["-pkcs12", file, "-pass", key] if is_pfx else ["-certs", file, "-key", key]
        when = ["-ts", service] if service else []
        command = [tool, "sign", *who, *when, "-h", "sha256", "-n", facts.TITLE, "-in", str(path), "-out", str(draft)]
    elif tool := find_signtool():
        shutil.copyfile(path, draft)
        when = ["/tr", service, "/td", "sha256"] if service else []
        command = [tool, "sign", "/fd", "sha256", "/f", file, "/p", key, *when, "/d", facts.TITLE, str(draft)]
    else:
        raise NotMade("A certificate is given, but there is neither osslsigncode nor signtool to sign with.")
    answer = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL)
    if answer.returncode:
        draft.unlink(missing_ok=True)
        # Not the whole command: it may hold the password.
        raise NotMade(f"{path.name} could not be signed: {(answer.stderr or answer.stdout).decode('utf-8', 'replace')}")
    draft.replace(path)


if __name__ == "__main__":
    if sys.argv[1:2] != ["--sign"] or len(sys.argv) != 3:
        sys.exit("usage: installer.py --sign FILE")
    try:
        sign(Path(sys.argv[2]))
    except NotMade as failure:
        sys.exit(str(failure))
