"""Keeps ``resources/translations/zh_CN.ts`` in step with the sentences in the code.

A sentence is shown to people when it is the first argument of ``_()`` or of ``acts.note()``, the sentence or the
``hint=`` of an error, or a text of the settings catalogue. A name given to ``_()`` stands for every text of the
constant it names; texts that only pass through (``_(setting.title)``) are found where they are written.

``translations.py`` updates the file, ``--merge FILE…`` takes translations from ``English<TAB>Chinese`` lines first,
``--missing`` prints what has none as such lines, ``--check`` changes nothing and fails when anything is not in order.
"""

from __future__ import annotations

import argparse
import ast
import string
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "desktop_agent"
CHINESE = ROOT / "resources" / "translations" / "zh_CN.ts"
PASSING = ("desktop_agent.words", "desktop_agent.errors")
"""Modules where a sentence arrives in a variable and is never written."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text for people and the module that says it."""

    module: str
    text: str


class Scanner:
    """The sentences of the whole program, in the order of the modules and their lines."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._trees = {_module(path): ast.parse(path.read_text("utf-8")) for path in sorted(SOURCES.rglob("*.py"))}
        self._errors = self._error_names()
        self._constants = {module: _constants(tree) for module, tree in self._trees.items()}

    def sentences(self) -> list[Sentence]:
        """Every sentence, once per module; fills ``problems`` with what cannot be read from the code."""
        found = [
            Sentence(module, text)
            for module, tree in self._trees.items()
            if module not in PASSING
            for text in self._of_module(module, tree)
        ]
        return list(dict.fromkeys([*found, *_of_settings()]))

    def _of_module(self, module: str, tree: ast.Module) -> Iterator[str]:
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            name = _last_name(call.func)
            if name == "_" and call.args:
                yield from self._texts(module, call.args[0], may_pass=True)
            elif name == "note" and isinstance(call.func, ast.Attribute) and _last_name(call.func.value) == "acts":
                yield from self._texts(module, call.args[0], may_pass=False)
            elif name in self._errors:
                hints = [keyword.value for keyword in call.keywords if keyword.arg == "hint"]
                for node in (*call.args[:1], *hints):
                    yield from self._texts(module, node, may_pass=False)

    def _texts(self, module: str, node: ast.expr, *, may_pass: bool) -> list[str]:
        """The texts that ``node`` can be; notes a problem when they cannot be told and it ``may_pass`` not."""
        match node:
            case ast.Constant(value=str(text)):
                return [text] if text else []
            case ast.IfExp(body=one, orelse=other):
                return self._texts(module, one, may_pass=may_pass) + self._texts(module, other, may_pass=may_pass)
            case ast.JoinedStr() | ast.BinOp():
                pass
            case ast.Name(id=name) | ast.Subscript(value=ast.Name(id=name)):
                texts = self._constants[module].get(name)
                if texts is not None or may_pass:
                    return texts or []
            case _ if may_pass:
                return []
        self.problems.append(f"{module}, line {node.lineno}: not a plain text, so nobody can translate it")
        return []

    def _error_names(self) -> set[str]:
        names = {"AgentError"}
        classes = [node for tree in self._trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        while more := {c.name for c in classes if any(_last_name(base) in names for base in c.bases)} - names:
            names |= more
        return names


def _of_settings() -> list[Sentence]:
    # The catalogue itself is asked: it has default texts that its source does not show.
    sys.path.insert(0, str(ROOT))
    from desktop_agent.settings.catalogue import SETTINGS
    from desktop_agent.settings.setting import Applies, Group

    texts: list[str] = []
    for group in Group:
        texts += (group.title, group.help)
    for setting in SETTINGS:
        texts += (setting.title, setting.help, setting.unit, setting.zero, *setting.choice_titles)
    texts += (applies.value for applies in Applies)
    letters = [text for text in texts if any(letter.isascii() and letter.isalpha() for letter in text)]
    return [Sentence("desktop_agent.settings.catalogue", text) for text in letters]


def read(path: Path) -> dict[str, str]:
    """Sentence to translation as the file has them; unfinished ones are empty."""
    table: dict[str, str] = {}
    if path.exists():
        for message in ElementTree.parse(path).getroot().iter("message"):
            translation = message.find("translation")
            done = translation is not None and translation.get("type") != "unfinished"
            text = (translation.text or "") if translation is not None and done else ""
            source = message.findtext("source") or ""
            table[source] = text or table.get(source, "")
    return table


def write(path: Path, sentences: list[Sentence], table: dict[str, str]) -> None:
    """Write the file as Qt Linguist does, but without line numbers, which would change with every edit."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append('<TS version="2.1" language="zh_CN" sourcelanguage="en">')
    for module in sorted({sentence.module for sentence in sentences}):
        lines += ["<context>", f"    <name>{module}</name>"]
        for sentence in sentences:
            if sentence.module != module:
                continue
            translation = table.get(sentence.text, "")
            lines += [
                "    <message>",
                f'        <location filename="../../{_file(module)}"/>',
                f"        <source>{escape(sentence.text)}</source>",
                f"        <translation>{escape(translation)}</translation>"
                if translation
                else '        <translation type="unfinished"></translation>',
                "    </message>",
            ]
        lines.append("</context>")
    path.write_text("\n".join((*lines, "</TS>", "")), "utf-8", newline="\n")


def merge(table: dict[str, str], files: list[Path]) -> None:
    """Put the translations of tab-separated ``files`` into ``table``; the later file wins."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            english, _, chinese = line.partition("\t")
            if chinese.strip():
                table[english.replace("\\n", "\n")] = chinese.strip("\r").replace("\\n", "\n")


def problems(sentences: list[Sentence], table: dict[str, str]) -> list[str]:
    """What is not in order: no translation, other fields than the sentence has, a sentence nobody says any more."""
    said = dict.fromkeys(sentence.text for sentence in sentences)
    found = [f"not translated: {text!r}" for text in said if not table.get(text)]
    found += [f"no longer in the code: {text!r}" for text in table if text not in said]
    for text in said:
        if table.get(text) and _fields(text) != _fields(table[text]):
            found.append(f"other fields: {text!r} has {sorted(_fields(text))}, {table[text]!r} has not")
    return found


def _fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return set()  # braces that are only braces: such a text is never filled in


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """Every constant of a module or of a class in it, with all texts inside its value."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name) and target.id.isupper()]
            value = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            texts = [
                part.value
                for value_node in value
                for part in ast.walk(value_node)
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
            ]
            found |= dict.fromkeys((name.strip() for name in names), texts)
    return found


def _last_name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _file(module: str) -> str:
    path = module.replace(".", "/")
    return f"{path}/__init__.py" if (ROOT / path).is_dir() else f"{path}.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is not in order")
    parser.add_argument("--missing", action="store_true", help="print what has no translation")
    parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE", help="take translations from here")
    choice = parser.parse_args()

    scanner = Scanner()
    sentences = scanner.sentences()
    table = read(CHINESE)
    merge(table, choice.merge)
    if choice.missing:
        for text in dict.fromkeys(sentence.text for sentence in sentences if not table.get(sentence.text)):
            print(text.replace("\n", "\\n") + "\t")
        return 0
    if not choice.check:
        write(CHINESE, sentences, table)
        table = read(CHINESE)
    trouble = [*scanner.problems, *problems(sentences, table)]
    print("\n".join((*trouble, f"{len({s.text for s in sentences})} sentences, {len(trouble)} to mend")))
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
