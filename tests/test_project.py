"""What holds for the tree as a whole, whoever changes it."""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    *(
        ".ci",
        ".gitattributes",
        ".github",
        ".gitignore",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "README.md",
    ),
    *("desktop_agent", "docs", "installer", "packaging", "pyproject.toml", "resources", "tests"),
}
LONGEST_MODULE = 400
# In pieces, so that this file does not find itself.
MACHINE_PATHS = re.compile("|".join(("/wor" + "k/", "/roo" + "t/", "/hom" + "e/(?!me/)[a-z]", r"[A-Z]:\\User" + "s")))
TEXTS = {".py", ".md", ".toml", ".ts", ".cmake", ".txt", ".jsonl", ".json", ".sh", ".nsi", ".nsh", ".spec", ".yml", ""}


def tracked() -> list[Path]:
    """Every file of the project, made ones left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    if answer.returncode:
        pytest.skip("this tree is no git checkout")
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_level_holds_only_what_a_newcomer_expects() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} - TOP_LEVEL == set()


def test_no_module_is_too_long_to_read() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / "desktop_agent").rglob("*.py")}
    assert {path.name: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_file_names_a_place_on_one_persons_computer() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in tracked()
        if path.suffix in TEXTS
        for match in MACHINE_PATHS.finditer(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_setting_is_in_the_manual() -> None:
    from desktop_agent.settings.catalogue import SETTINGS

    manual = (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert [setting.name for setting in SETTINGS if f"`{setting.name}`" not in manual] == []


def test_every_command_and_option_is_in_the_manual() -> None:
    from desktop_agent.arguments import parser

    manual = (ROOT / "docs" / "command-line.md").read_text("utf-8")
    assert [words for words in command_words(parser(), "desktop-agent") if words not in manual] == []


def command_words(parser: argparse.ArgumentParser, so_far: str) -> Iterator[str]:
    """Every complete command below ``parser``, and every option that only it has."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield so_far
    for action in parser._actions:
        yield from (option for option in action.option_strings[:1] if option != "-h")
    for group in groups:
        for name, child in group.choices.items():
            yield from command_words(child, f"{so_far} {name}")


def test_every_dependency_has_its_reason_in_the_decisions() -> None:
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = [
        *table["project"]["dependencies"],
        *(line for group in table["dependency-groups"].values() for line in group),
    ]
    names = {re.split(r"[^\w.-]", line)[0] for line in lines}
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text("utf-8")
    assert sorted(name for name in names if f"| {name} |" not in reasons) == []


def test_every_link_between_the_pages_leads_somewhere() -> None:
    found = []
    for page in (path for path in tracked() if path.suffix == ".md"):
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8")):
            if "://" not in link and not (page.parent / link).exists():
                found.append(f"{page.relative_to(ROOT)}: {link}")
    assert found == []


def test_the_command_line_starts_without_anything_heavy() -> None:
    question = "import sys, desktop_agent.cli; print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in answer.stdout.split()}
    assert (
        loaded & {"PySide6", "qasync", "llama_cpp", "numpy", "jieba", "aiohttp", "psutil", "jinja2", "tenacity"}
        == set()
    )


def test_set_up_that_is_done_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pip and no word: `make run` is typed many times a day."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import virtual_environment

    if not virtual_environment.ready(("test", "check")):
        pytest.skip("these tests were not started by make test")
    answer = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "set_up.py"), "setup"], capture_output=True, text=True, timeout=60
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
