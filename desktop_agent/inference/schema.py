"""JSON Schema made into a grammar (GBNF), so that a model on this computer can only write what fits it.

The part of JSON Schema that people use for answers: objects, arrays, strings, numbers, enumerations, alternatives,
references into the schema itself. Anything else that would change what is valid is refused rather than passed over:
an answer that looks checked and is not is worse than none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from desktop_agent.errors import BadInput

MOST_REPEATS = 1000
"""llama.cpp refuses a grammar with larger repetitions."""
MOST_RULES = 2000
MOST_BYTES = 200_000
"""A grammar is read in one go while everybody waits for the model."""

_SAYS_NOTHING = frozenset(
    ("title", "description", "default", "examples", "example", "$schema", "$id", "$comment", "$anchor", "$defs",
     "definitions", "deprecated", "readOnly", "writeOnly", "strict", "name", "discriminator")
)  # fmt: skip
_OF_TYPE = {
    "object": frozenset(("properties", "required", "additionalProperties")),
    "array": frozenset(("items", "prefixItems", "minItems", "maxItems")),
    "string": frozenset(("minLength", "maxLength", "format")),
    "number": frozenset(),
    "integer": frozenset(),
    "boolean": frozenset(),
    "null": frozenset(),
}

# Bounded blanks: a model that likes them would otherwise write nothing else.
_BASE = {
    "ws": r'| " " | "\n" [ \t]{0,20}',
    "char": r'[^"\\\x7F\x00-\x1F] | [\\] (["\\bfnrt/] | "u" [0-9a-fA-F]{4})',
    "string": r'"\"" char* "\""',
    "digits": r"[0-9]{1,16}",
    "integer": r'"-"? ("0" | [1-9] [0-9]{0,15})',
    "number": r'integer ("." digits)? ([eE] [-+]? [0-9]{1,3})?',
    "boolean": '"true" | "false"',
    "null": '"null"',
    "value": "object | array | string | number | boolean | null",
    "object": '"{" ws (string ":" ws value ws ("," ws string ":" ws value ws)*)? "}"',
    "array": '"[" ws (value ws ("," ws value ws)*)? "]"',
}
_USES = {
    "string": ("char",), "number": ("integer", "digits"),
    "value": ("object", "array", "string", "number", "boolean", "null"),
    "object": ("ws", "string", "value"), "array": ("ws", "value"),
}  # fmt: skip
_FORMATS = {
    "date": r'"\"" [0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) "\""',
    "time": r'"\"" ([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,6})? '
    r'("Z" | [-+] [0-2] [0-9] ":" [0-5] [0-9])? "\""',
    "date-time": r'"\"" [0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01]) "T" '
    r'([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,6})? '
    r'("Z" | [-+] [0-2] [0-9] ":" [0-5] [0-9])? "\""',
    "uuid": r'"\"" [0-9a-f]{8} ("-" [0-9a-f]{4}){3} "-" [0-9a-f]{12} "\""',
}


def grammar(schema: Any) -> str:
    """The grammar of the JSON texts that fit ``schema``; its root rule is ``root``.

    Properties come in the order of the schema, the required ones first; others than those that
    are named are not written, although a schema that does not forbid them allows them.

    Raises:
        BadInput: the schema is none, contradicts itself, or says something that cannot be held to.
    """
    try:
        return _Rules(schema).text()
    except RecursionError:
        raise _refused("it is nested too deeply") from None


def _refused(reason: str) -> BadInput:
    return BadInput(
        "The answer cannot be held to this JSON schema: {reason}.",
        hint="Simplify the schema, or leave it out and check the answer.",
        reason=reason,
    )


class _Rules:
    """The rules of one grammar as they are found."""

    def __init__(self, schema: Any) -> None:
        self._whole = schema
        self._rules: dict[str, str] = {}
        self._references: dict[str, str] = {}
        self._root = self._visit(schema, "#")

    def text(self) -> str:
        lines = [f"root ::= ws {self._root} ws", *(f"{name} ::= {body}" for name, body in self._rules.items())]
        if "ws" not in self._rules:
            lines.append(f"ws ::= {_BASE['ws']}")
        text = "\n".join(lines) + "\n"
        if len(text) > MOST_BYTES:
            raise _refused("it is too large")
        return text

    def _visit(self, schema: Any, place: str) -> str:
        """An expression for what fits ``schema``; ``place`` tells where it stands."""
        if schema is True or schema == {}:
            return self._base("value")
        if not isinstance(schema, dict):
            raise _refused(f"{place} is no schema")
        said = {key: value for key, value in schema.items() if key not in _SAYS_NOTHING}
        if "$ref" in said:
            return self._only(said, "$ref", place, self._reference)
        if "const" in said:
            return self._only(said, "const", place, lambda value, _place: _literal(value), beside=("type",))
        if "enum" in said:
            return self._only(said, "enum", place, self._enumeration, beside=("type",))
        for word in ("anyOf", "oneOf"):
            if word in said:
                return self._only(said, word, place, self._alternatives)
        if "allOf" in said:
            return self._only(said, "allOf", place, self._all_of)
        return self._typed(said, place)

    def _only(
        self, said: dict[str, Any], word: str, place: str, make: Callable[[Any, str], str], beside: Sequence[str] = ()
    ) -> str:
        if others := sorted(said.keys() - {word, *beside}):
            raise _refused(f"{place} has {others[0]} beside {word}")
        return make(said[word], f"{place}/{word}")

    def _typed(self, said: dict[str, Any], place: str) -> str:
        kind = said.get("type")
        if isinstance(kind, list):
            if not kind:
                raise _refused(f"{place}/type is empty")
            mine = [{"type": one, **self._part_for(one, said)} for one in kind]
            known = frozenset(key for part in mine for key in part)
            if unknown := sorted(said.keys() - known):
                raise _refused(f"{place} has {unknown[0]}, which is not supported")
            return self._alternatives(mine, place)
        if kind is None:
            kind = "object" if "properties" in said else "array" if "items" in said else None
        if kind is None or kind not in _OF_TYPE:
            what = f"{place}/type is {json.dumps(kind)}" if kind is not None else f"{place} has no type"
            raise _refused(what)
        if unknown := sorted(said.keys() - _OF_TYPE[kind] - {"type"}):
            raise _refused(f"{place} has {unknown[0]}, which is not supported")
        if kind == "object":
            return self._object(said, place)
        if kind == "array":
            return self._array(said, place)
        return self._string(said, place) if kind == "string" else self._base(kind)

    def _part_for(self, kind: Any, said: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in said.items() if key in _OF_TYPE.get(kind, frozenset())}

    def _reference(self, reference: Any, place: str) -> str:
        if not isinstance(reference, str) or not (reference == "#" or reference.startswith("#/")):
            raise _refused(f"{place} does not point into the schema itself")
        if reference not in self._references:
            # Named before it is visited: it may stand in itself.
            name = self._references[reference] = f"ref{len(self._references)}"
            target = self._whole
            for step in reference.split("/")[1:]:
                step = step.replace("~1", "/").replace("~0", "~")
                if not isinstance(target, dict) or step not in target:
                    raise _refused(f"{place} points to {reference}, which is not there")
                target = target[step]
            body = self._visit(target, reference)
            if body == name or (body.startswith("ref") and self._leads_back(body, name)):
                raise _refused(f"{reference} is only itself")
            self._add(name, body)
        return self._references[reference]

    def _leads_back(self, body: str, name: str) -> bool:
        seen = set()
        while body in self._rules and body not in seen:
            seen.add(body)
            body = self._rules[body]
        return body == name

    def _enumeration(self, values: Any, place: str) -> str:
        if not isinstance(values, list) or not values:
            raise _refused(f"{place} is empty")
        return f"({' | '.join(map(_literal, values))})"

    def _alternatives(self, parts: Any, place: str) -> str:
        if not isinstance(parts, list) or not parts:
            raise _refused(f"{place} is empty")
        return f"({' | '.join(self._visit(part, f'{place}/{number}') for number, part in enumerate(parts))})"

    def _all_of(self, parts: Any, place: str) -> str:
        # What generators write around a reference to describe it; a real intersection cannot be held to.
        if not isinstance(parts, list) or len(parts) != 1:
            raise _refused(f"{place} has more than one part")
        return self._visit(parts[0], f"{place}/0")

    def _object(self, said: dict[str, Any], place: str) -> str:
        properties, needed = said.get("properties", {}), said.get("required", [])
        more = said.get("additionalProperties", not properties)
        if not isinstance(properties, dict) or not isinstance(needed, list):
            raise _refused(f"{place} has properties or required of the wrong kind")
        if missing := [name for name in needed if name not in properties]:
            raise _refused(f"{place} requires {missing[0]}, which is not among its properties")
        self._base("ws")
        pairs = {
            name: f'{_literal(name)} ":" ws {self._visit(part, f"{place}/properties/{name}")} ws'
            for name, part in properties.items()
        }
        if not pairs:
            if more is False:
                return '("{" ws "}")'
            if more is True or more == {}:
                return self._base("object")
            pair = self._add_new(
                f'{self._base("string")} ":" ws {self._visit(more, f"{place}/additionalProperties")} ws'
            )
            return self._add_new(f'"{{" ws ({pair} ("," ws {pair})*)? "}}"')
        first = [self._add_new(pairs[name]) for name in pairs if name in needed]
        rest = [self._add_new(pair) for name, pair in pairs.items() if name not in needed]
        body = ' "," ws '.join(first)
        if rest:
            body = f"{body} {self._following(rest)}" if body else self._any_of(rest)
        return self._add_new(f'"{{" ws {body} "}}"')

    def _following(self, pairs: list[str]) -> str:
        """Any of ``pairs`` in their order, each behind a comma."""
        return " ".join(f'("," ws {pair})?' for pair in pairs)

    def _any_of(self, pairs: list[str]) -> str:
        """Any of ``pairs`` in their order, with commas between them, also none."""
        ways, tail = [], ""
        for pair in reversed(pairs):
            ways.append(f"{pair} {tail}".rstrip())
            # A rule for each rest, or the text would grow with the square of their number.
            tail = self._add_new(f'("," ws {pair})? {tail}'.rstrip())
        return f"({' | '.join(reversed(ways))})?"

    def _array(self, said: dict[str, Any], place: str) -> str:
        least, most = _bounds(said, "minItems", "maxItems", place)
        self._base("ws")
        fixed = said.get("prefixItems")
        if fixed is not None:
            if not isinstance(fixed, list) or said.get("items", False) is not False or least > len(fixed):
                raise _refused(f"{place} has prefixItems together with other items")
            inner = ' "," ws '.join(
                f"{self._visit(part, f'{place}/prefixItems/{number}')} ws" for number, part in enumerate(fixed)
            )
            return self._add_new(f'"[" ws {inner} "]"')
        item = self._visit(said.get("items", True), f"{place}/items")
        if most == 0:
            return '("[" ws "]")'
        repeat = f"{{{max(0, least - 1)},{'' if most is None else most - 1}}}"
        inner = f'{item} ws ("," ws {item} ws){repeat}'
        return self._add_new(f'"[" ws {inner if least else f"({inner})?"} "]"')

    def _string(self, said: dict[str, Any], place: str) -> str:
        least, most = _bounds(said, "minLength", "maxLength", place)
        if (form := said.get("format")) is not None:
            if form not in _FORMATS or least or most is not None:
                raise _refused(f"{place} has the format {form}, which is not supported")
            name = f"format-{form}"
            self._rules.setdefault(name, _FORMATS[form])
            return name
        if not least and most is None:
            return self._base("string")
        return rf'("\"" {self._base("char")}{{{least},{"" if most is None else most}}} "\"")'

    def _base(self, name: str) -> str:
        if name not in self._rules:
            self._rules[name] = _BASE[name]
            for other in _USES.get(name, ()):
                self._base(other)
        return name

    def _add_new(self, body: str) -> str:
        name = f"r{len(self._rules)}"
        return self._add(name, body)

    def _add(self, name: str, body: str) -> str:
        if len(self._rules) >= MOST_RULES:
            raise _refused("it has too many parts")
        self._rules[name] = body
        return name


def _bounds(said: dict[str, Any], low: str, high: str, place: str) -> tuple[int, int | None]:
    least, most = said.get(low, 0), said.get(high)
    for word, number in ((low, least), (high, most)):
        if number is not None and (isinstance(number, bool) or not isinstance(number, int) or number < 0):
            raise _refused(f"{place}/{word} is no number of things")
        if number is not None and number > MOST_REPEATS:
            raise _refused(f"{place}/{word} is more than {MOST_REPEATS}")
    if most is not None and most < least:
        raise _refused(f"{place}/{high} is less than {low}")
    return least, most


def _literal(value: Any) -> str:
    """A rule for exactly the JSON text of ``value``."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        raise _refused("it has a number that is none in JSON") from None
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'
