"""Everything a developer does with this tree: ``python packaging/set_up.py run|test|…``, which the Makefile only calls.

Runs on any Python 3.11 to 3.14 with nothing but its standard library, installs what is missing
first, and does nothing that is done already.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an old Python meets first
    sys.exit(f"Desktop Agent needs Python 3.11 to 3.14; this is {sys.version.split()[0]}.")

import llama_wheel
import system_packages
import virtual_environment
from llama_wheel import ROOT, say
from virtual_environment import NEWEST, PYTHON

DEVELOPER = ("test", "check")
"""The dependency groups of pyproject.toml that tests and checks need."""


def main(arguments: Sequence[str]) -> int:
    """Run the command named first; the exit status."""
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if name not in (COMMANDS if rest else COMMANDS | PLAIN_COMMANDS):
        say(f"usage: set_up.py {'|'.join(COMMANDS)} [arguments], or {'|'.join(PLAIN_COMMANDS)}")
        return 2
    if sys.version_info[:2] > NEWEST:
        say(f"The window toolkit in use is made for Python up to 3.{NEWEST[1]}; this is {sys.version.split()[0]}.")
        return 1
    try:
        return COMMANDS[name](rest) if name in COMMANDS else PLAIN_COMMANDS[name]()
    except (virtual_environment.SetUpFailed, llama_wheel.BuildFailed) as failure:
        say(str(failure))
        return 1
    except OSError as error:
        say(f"Set-up could not use {error.filename or 'the disk'}: {error.strerror or error}.")
        return 1
    except KeyboardInterrupt:
        return 130


def set_up(groups: Sequence[str]) -> bool:
    """Install what is missing. Whether the window can open: False when system libraries could not be had."""
    if virtual_environment.ready(groups):
        system_packages.install(system_packages.window_packages())
    else:
        system_packages.install(system_packages.all_packages(compile_llama=llama_wheel.stored() is None))
        virtual_environment.fill(groups)
    return not system_packages.window_packages()


def only_set_up() -> int:
    set_up(())
    return 0


def run(arguments: list[str]) -> int:
    """The program: its window, or where there is none the chat in the terminal."""
    whole = set_up(())
    if arguments:
        return _become("-m", "desktop_agent", *arguments)
    if not whole:
        say("The window needs the packages above; here is the chat in the terminal.")
    elif not system_packages.display_found():
        say("There is no display for the window; here is the chat in the terminal.")
    else:
        return _become("-m", "desktop_agent")
    return _become("-m", "desktop_agent", "chat")


def check() -> int:
    """Formatting, lint, types, layers: everything about the code that needs no running program."""
    set_up(DEVELOPER)
    return max(_tool(*line.split()) for line in ("ruff format --check", "ruff check", "mypy", "lint-imports"))


def test(arguments: list[str]) -> int:
    """The checks, then every test; ``arguments`` go to pytest."""
    os.chdir(ROOT)
    return check() or _become("-m", "pytest", *arguments)


def bench(arguments: list[str]) -> int:
    set_up(DEVELOPER)
    return _become(str(ROOT / "tests" / "benchmarks" / "run.py"), *arguments)


def screens(arguments: list[str]) -> int:
    """Pictures of every screen, in docs/screens/."""
    set_up(())
    return _become(str(ROOT / "packaging" / "screens.py"), *arguments)


def bundle(arguments: list[str]) -> int:
    """The program that people of this system install, and the proof that it works."""
    build = [sys.executable, str(ROOT / "packaging" / "build.py"), *arguments]
    if ended := subprocess.run(build, stdin=subprocess.DEVNULL).returncode:
        return ended
    smoke = [sys.executable, str(ROOT / "packaging" / "smoke.py"), str(ROOT / "dist" / "DesktopAgent")]
    return subprocess.run(smoke, stdin=subprocess.DEVNULL).returncode


def windows(arguments: list[str]) -> int:
    """The program and the setup for Windows, built and proved under Wine."""
    command = [sys.executable, str(ROOT / "packaging" / "wine" / "prove.py"), *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode


def format_code() -> int:
    set_up(DEVELOPER)
    return max(_tool("ruff", "check", "--fix", "--quiet"), _tool("ruff", "format"))


def clean() -> int:
    """Remove everything made in the tree; the compiled llama.cpp in the cache stays."""
    for name in (".venv", "build", "dist", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".import_linter_cache"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    for pattern in ("*.egg-info", "*/**/__pycache__"):
        for folder in list(ROOT.glob(pattern)):
            shutil.rmtree(folder, ignore_errors=True)
    say(f"Clean. The compiled llama.cpp stays in {llama_wheel.cache()}.")
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "screens": screens,
    "bundle": bundle,
    "windows": windows,
}
PLAIN_COMMANDS: dict[str, Callable[[], int]] = {
    "setup": only_set_up,
    "check": check,
    "format": format_code,
    "clean": clean,
}


def _tool(name: str, *arguments: str) -> int:
    say(" ".join(("→", name, *arguments)))
    program = PYTHON.with_name(name + PYTHON.suffix)
    return subprocess.run([program, *arguments], cwd=ROOT, stdin=subprocess.DEVNULL).returncode


def _become(*arguments: str) -> int:
    """Run the environment's Python in place of this one, so that keys and signals reach it directly."""
    command = [str(PYTHON), *arguments]
    if sys.platform != "win32":
        os.execv(PYTHON, command)
    # execv of Windows gives the console back at once.
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
