"""Answers held to a JSON schema: by a real model with random weights, which would otherwise write noise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop_agent.errors import BadInput
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, ThreadCounts
from desktop_agent.inference.schema import grammar
from desktop_agent.messages import Ending

PERSON: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 6},
        "age": {"type": "integer"},
        "mood": {"enum": ["good", '坏 "quoted"', None, 3]},
        "tags": {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 3},
        "born": {"type": "string", "format": "date"},
    },
    "required": ["name", "mood", "tags", "born"],
    "additionalProperties": False,
}


@contextmanager
def loaded(path: Path) -> Iterator[LlamaModel]:
    model = LlamaModel.load(path, context_tokens=512, threads=ThreadCounts(1, 1), stop=StopFlag())
    try:
        yield model
    finally:
        model.close()


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> Iterator[LlamaModel]:
    with loaded(tiny_model) as model:
        yield model


def said(model: LlamaModel, most: int = 400, **how: Any) -> tuple[str, Ending]:
    pieces: list[str] = []
    model.read(model.prompt("<|im_start|>user\nSay it as JSON.<|im_end|>\n<|im_start|>assistant\n"))
    written = model.write(Sampling(reply_tokens=most, repeat_penalty=1.1, **how), pieces.append)
    return "".join(pieces), written.ending


@pytest.mark.parametrize("seed", range(3))
def test_an_answer_fits_its_schema(model: LlamaModel, seed: int) -> None:
    text, ending = said(model, json_schema=json.dumps(PERSON), seed=seed)
    assert ending is Ending.COMPLETE
    found = json.loads(text)
    assert {"name", "mood", "tags", "born"} <= found.keys() <= PERSON["properties"].keys()
    assert len(found["name"]) <= 6
    assert found["mood"] in PERSON["properties"]["mood"]["enum"]
    assert 1 <= len(found["tags"]) <= 3 and all(isinstance(tag, bool) for tag in found["tags"])


def test_the_likeliest_words_are_held_to_it_too(model: LlamaModel) -> None:
    text, ending = said(model, json_schema=json.dumps({"enum": ["yes", "no"]}), temperature=0)
    assert (json.loads(text), ending) in [("yes", Ending.COMPLETE), ("no", Ending.COMPLETE)]


def test_the_same_seed_gives_the_same_answer(model: LlamaModel) -> None:
    asked = {"json_schema": json.dumps(PERSON), "seed": 7}
    assert said(model, **asked) == said(model, **asked)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"type": "array", "items": {"type": ["integer", "null"]}, "maxItems": 2},
        {"anyOf": [{"const": 1}, {"type": "null"}]},
        {"type": "object", "properties": {"a": {"type": "boolean"}, "b": {"type": "null"}, "c": {"const": {"x": [1]}}}},
        {"type": "object", "additionalProperties": {"type": "boolean"}},
        {"type": "array", "prefixItems": [{"const": 1}, {"type": "boolean"}]},
        {"type": "string", "format": "uuid"},
        {"type": "string", "minLength": 2, "maxLength": 3},
        {
            "$defs": {"node": {"type": "object", "properties": {"next": {"$ref": "#/$defs/more"}}},
                      "more": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}},
            "$ref": "#/$defs/node",
        },
        {"allOf": [{"$ref": "#/definitions/x"}], "definitions": {"x": {"enum": ["a\\b\n", "ü"]}}},
    ],
    ids=str,
)  # fmt: skip
def test_every_kind_of_schema_becomes_a_grammar_that_llama_cpp_takes(model: LlamaModel, schema: Any) -> None:
    text, ending = said(model, 60, json_schema=json.dumps(schema), seed=1)
    if ending is Ending.COMPLETE:
        json.loads(text)
    else:
        assert ending is Ending.LENGTH  # random weights find no end to a string


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (5, "# is no schema"),
        ({"type": "string", "pattern": "a+"}, "pattern, which is not supported"),
        ({"type": "integer", "minimum": 3}, "minimum, which is not supported"),
        ({"type": "text"}, '#/type is "text"'),
        ({"not": {}}, "# has no type"),
        ({"$ref": "other.json"}, "does not point into the schema itself"),
        ({"$ref": "#/$defs/a"}, "is not there"),
        ({"$ref": "#"}, "only itself"),
        ({"type": "object", "properties": {}, "required": ["a"]}, "requires a"),
        ({"type": "array", "maxItems": 100000}, "more than 1000"),
        ({"type": "array", "minItems": 2, "maxItems": 1}, "less than minItems"),
        ({"enum": []}, "is empty"),
        ({"allOf": [{}, {}]}, "more than one part"),
        ({"anyOf": [{"type": "string"}], "minLength": 3}, "minLength beside anyOf"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_held_to_is_refused_by_name(schema: Any, reason: str) -> None:
    with pytest.raises(BadInput, match="cannot be held to this JSON schema") as refused:
        grammar(schema)
    assert reason in str(refused.value)


def test_a_schema_nested_without_end_is_refused() -> None:
    schema: dict[str, Any] = {"type": "boolean"}
    for _depth in range(5000):
        schema = {"type": "array", "items": schema}
    with pytest.raises(BadInput, match="too deeply"):
        grammar(schema)


def test_a_schema_of_many_properties_stays_small() -> None:
    many = {"type": "object", "properties": {f"name_{number}": {"type": "string"} for number in range(300)}}
    assert len(grammar(many)) < 60_000


@pytest.mark.parametrize(
    "wrong",
    [
        "root ::= (",
        'nothing ::= "a"',
        "root ::= root",
        "root ::= undefined",
        "\x00",
        "# nothing",
    ],
)
def test_a_wrong_grammar_costs_a_sentence_and_not_the_program(model: LlamaModel, wrong: str) -> None:
    with pytest.raises(BadInput, match="grammar"):
        said(model, grammar=wrong)
    assert said(model, 4, grammar='root ::= "the"')[0] == "the"


def test_a_grammar_that_no_word_can_follow_ends_the_answer(model: LlamaModel) -> None:
    text, ending = said(model, grammar='root ::= "a" [z-a]')
    assert (text, ending) == ("a", Ending.LENGTH)
