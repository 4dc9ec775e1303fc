"""Everything the program says, it also says in Chinese."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop_agent import words

ROOT = Path(__file__).resolve().parent.parent
SHOWING = {
    *("setText", "setTitle", "setWindowTitle", "setToolTip", "setPlaceholderText", "setAccessibleName", "addTab"),
    *(
        "setAccessibleDescription",
        "setStatusTip",
        "setInformativeText",
        "QLabel",
        "QPushButton",
        "QAction",
        "QCheckBox",
    ),
}
"""Calls whose texts appear on the screen."""


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    path = ROOT / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["translations"] = module
    spec.loader.exec_module(module)
    return module


def test_every_sentence_of_the_program_has_its_chinese_with_the_same_fields(translations: ModuleType) -> None:
    scanner = translations.Scanner()
    sentences = scanner.sentences()
    table = translations.read(translations.CHINESE)
    assert [*scanner.problems, *translations.problems(sentences, table)] == []


def test_a_sentence_is_said_in_the_language_in_use() -> None:
    words.use("zh_CN")
    assert words._("Language") == "语言"
    words.use("en")
    assert words._("Language") == "Language"


def test_all_that_the_file_of_translations_has_is_said(translations: ModuleType) -> None:
    words.use("zh_CN")
    finished = {text: chinese for text, chinese in translations.read(translations.CHINESE).items() if chinese}
    assert len(finished) > 1000
    assert {text: words._(text) for text in finished} == finished


def test_a_sentence_without_a_translation_is_said_in_english() -> None:
    words.use("zh_CN")
    assert words._("Nobody has translated {what} yet.", what="this") == "Nobody has translated this yet."


def test_no_text_on_the_screen_goes_past_the_translations() -> None:
    found = []
    for path in sorted((ROOT / "desktop_agent" / "ui").rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            texts = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if name in SHOWING and any(letter.isalpha() for text in texts for letter in text):
                found.append(f"{path.name}, line {call.lineno}: {texts}")
    assert found == []


def test_the_manual_explains_what_the_program_really_says(translations: ModuleType) -> None:
    """Set-up speaks from packaging/, the setup program from installer/, everything else from the program."""
    page = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")
    rows = [line.split("|")[1].strip() for line in page.splitlines() if line.startswith("| ")]
    quoted = [row.partition("…")[0].strip() for row in rows if not row.startswith(("what it says", "("))]
    said = {sentence.text for sentence in translations.Scanner().sentences()}
    others = [*(ROOT / "packaging").glob("*.py"), *(ROOT / "installer").glob("*.nsh")]
    set_up = "".join(path.read_text("utf-8") for path in others)
    assert len(quoted) > 15
    # A row ends with a sign of omission where the sentence goes on.
    unsaid = [text for text in quoted if text not in set_up and not any(one.startswith(text) for one in said)]
    assert unsaid == []
