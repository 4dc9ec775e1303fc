"""What a GGUF file says about itself, read and checked without llama.cpp.

llama.cpp takes the whole program down with some damaged files; what passes here has
a header whose counts, lengths, types and sizes agree with each other and with the
file. The tensors' own values are not looked at. Only the header is read: a few
milliseconds, about 100 with a vocabulary of 151,000.
"""

from __future__ import annotations

import hashlib
import math
import stat
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from desktop_agent.errors import ModelUnusable, reason
from desktop_agent.inference.gguf_fields import BLOCKS, REPACKED, SCALARS, Fields, Value, damaged, named_quantisation
from desktop_agent.inference.header import CELLS_STEP as CELLS_STEP
from desktop_agent.inference.header import Header as Header

OLDEST, NEWEST = 2, 3
"""GGUF versions that llama.cpp reads."""

MOST_ENTRIES = 1 << 16
MOST_ELEMENTS = 1 << 24
LONGEST_STRING = 1 << 26
LONGEST_NAME = 63
KEPT_ELEMENTS = 1024
"""Number lists up to this length are kept, such as one value per layer; longer ones are only counted."""

TEXTS_AT_ONCE = 4096
"""So many texts are read between two looks at whether to go on."""

_STRING, _ARRAY = 8, 9


@dataclass(frozen=True, slots=True)
class Tensor:
    """One tensor of the table: ``shape`` as in the file, fastest dimension first; ``start`` from the data's begin."""

    name: str
    shape: tuple[int, ...]
    kind: int
    start: int
    size: int


def read_header(path: Path, go_on: Callable[[], None] | None = None) -> Header:
    """The header of the model in ``path``; ``go_on`` is called now and then and may raise to end the reading.

    Raises:
        ModelUnusable: llama.cpp could not use the file; the sentence says why.
    """
    size = _file_size(path)
    try:
        with path.open("rb") as file:
            return _header(path, size, _Reader(path, file, size, go_on))
    except PermissionError as error:
        raise _forbidden(path) from error
    except OSError as error:
        raise ModelUnusable(
            "{file} could not be read: {reason}.",
            hint="Copy it to another disk and try again.",
            file=path.name,
            reason=reason(error),
        ) from error


def _file_size(path: Path) -> int:
    try:
        found = path.stat()
    except PermissionError as error:
        raise _forbidden(path) from error
    except (OSError, ValueError) as error:
        raise ModelUnusable(
            "There is no model file {path}.", hint="It may have been moved or deleted. Choose it again.", path=path
        ) from error
    if stat.S_ISDIR(found.st_mode):
        raise ModelUnusable(
            "{file} is a folder, not a model file.", hint="Choose the .gguf file inside it.", file=path.name or path
        )
    if not stat.S_ISREG(found.st_mode):
        # A pipe would wait for ever, a device never end.
        raise ModelUnusable("{file} is not an ordinary file.", hint="Choose a .gguf file.", file=path.name)
    if not found.st_size:
        raise ModelUnusable("{file} is empty.", hint="Download it again.", file=path.name)
    return found.st_size


def _forbidden(path: Path) -> ModelUnusable:
    return ModelUnusable(
        "This account may not read {file}.",
        hint="Copy it into a folder of your own and choose it there.",
        file=path.name,
    )


class _Reader:
    """Little-endian values one after another; a value beyond the end of the file is a sentence."""

    def __init__(self, path: Path, file: BinaryIO, size: int, go_on: Callable[[], None] | None = None) -> None:
        self.path, self.size, self.position = path, size, 0
        self._go_on = go_on
        self._file = file
        # Read in pieces, not mapped: a file cut while it is mapped kills the program.
        self._data = file.read(1 << 20)

    def number(self, layout: struct.Struct) -> int | float:
        start = self._take(layout.size)
        value: int | float = layout.unpack_from(self._data, start)[0]
        return value

    def count(self, layout: struct.Struct = SCALARS[10]) -> int:
        return int(self.number(layout))

    def text(self) -> str:
        length = self.count()
        if length > LONGEST_STRING:
            raise self.damaged(f"a text of {length} bytes")
        start = self._take(length)
        return self._data[start : start + length].decode("utf-8", "replace")

    def value(self, kind: int, different: bool = False) -> Value:
        """One value of type ``kind``; in a list of texts that must be ``different`` none may come twice."""
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            return self._list(different)
        if kind not in SCALARS:
            raise self.damaged(f"a value of unknown type {kind}")
        return self.number(SCALARS[kind])

    def _list(self, different: bool) -> Value:
        kind, length = self.count(SCALARS[4]), self.count()
        if length > MOST_ELEMENTS:
            raise self.damaged(f"a list of {length} values")
        if kind == _STRING:
            self._skip_texts(length, different)
            return length
        if kind not in SCALARS:
            raise self.damaged(f"a list of unknown type {kind}")
        layout = SCALARS[kind]
        if length > KEPT_ELEMENTS:
            self._take(length * layout.size)
            return length
        return tuple(self.number(layout) for _ in range(length))

    def _skip_texts(self, length: int, different: bool) -> None:
        # Hundreds of thousands of texts, so this loop stays short.
        unpack = SCALARS[10].unpack_from
        seen: set[bytes] = set()
        empty = 0
        for place in range(length):
            if self._go_on and not place % TEXTS_AT_ONCE:
                self._go_on()
            start = self._take(8)
            (bytes_,) = unpack(self._data, start)
            if bytes_ > LONGEST_STRING:
                raise self.damaged(f"a text of {bytes_} bytes")
            start = self._take(bytes_)
            if different:
                text = self._data[start : start + bytes_]
                seen.add(text if b"\0" not in text else text[: text.index(b"\0")])
                empty += not bytes_
        if different and len(seen) + max(0, empty - 1) != length:
            raise self.damaged("a word comes twice")

    def _take(self, length: int) -> int:
        """Where the next ``length`` bytes begin in the data."""
        start = self.position
        self.position = end = start + length
        if end > len(self._data):
            if end > self.size:
                raise self.cut()
            self._data += self._file.read(max(end - len(self._data), len(self._data)))
            if end > len(self._data):
                raise self.cut()
        return start

    def digest(self) -> str:
        """A short mark of everything that was read: another header has another one."""
        return hashlib.blake2b(memoryview(self._data)[: self.position], digest_size=16).hexdigest()

    def cut(self) -> ModelUnusable:
        return ModelUnusable(
            "{file} is cut off: its end is missing.",
            hint="It was probably not downloaded completely. Download it again.",
            file=self.path.name,
        )

    def damaged(self, detail: str) -> ModelUnusable:
        return damaged(self.path, detail)


def _header(path: Path, size: int, reader: _Reader) -> Header:
    _check_version(path, reader)
    tensor_count, field_count = reader.count(), reader.count()
    if tensor_count > MOST_ENTRIES or field_count > MOST_ENTRIES:
        raise reader.damaged(f"{tensor_count} tensors and {field_count} fields")
    values: dict[str, Value] = {}
    for _ in range(field_count):
        key = reader.text()
        if not key or key in values:
            raise reader.damaged(f"the field {key!r} twice or without a name")
        # llama.cpp ends the process when a word comes twice. It reads them up to a zero byte and numbers empty ones.
        values[key] = reader.value(reader.count(SCALARS[4]), different=key == "tokenizer.ggml.tokens")
    fields = Fields(path, values)
    tensors = list(_tensors(reader, tensor_count, fields.alignment()))
    if not tensors:
        raise ModelUnusable("{file} holds no weights.", hint="Choose the .gguf file of a chat model.", file=path.name)
    data = _padded(reader.position, fields.alignment())
    if data + tensors[-1].start + tensors[-1].size > size:
        raise reader.cut()
    return _described(path, size, fields, tensors, reader.digest())


def _check_version(path: Path, reader: _Reader) -> None:
    if reader.size < 4 or reader.count(SCALARS[4]) != int.from_bytes(b"GGUF", "little"):
        raise ModelUnusable(
            "{file} is not a GGUF model.", hint="Choose a file whose name ends in .gguf.", file=path.name
        )
    version = reader.count(SCALARS[4])
    if version & 0xFFFF == 0 and version:
        raise ModelUnusable(
            "{file} was made for big-endian computers.", hint="Download the usual (little-endian) file.", file=path.name
        )
    if not OLDEST <= version <= NEWEST:
        raise ModelUnusable(
            "{file} has GGUF version {version}, which this program cannot read.",
            hint="Versions {oldest} to {newest} work. Download a newer file or update the program.",
            file=path.name,
            version=version,
            oldest=OLDEST,
            newest=NEWEST,
        )


def _tensors(reader: _Reader, count: int, alignment: int) -> Iterator[Tensor]:
    names: set[str] = set()
    expected = 0
    for _ in range(count):
        name, dimensions = reader.text(), reader.count(SCALARS[4])
        if len(name.encode()) > LONGEST_NAME or name in names:
            raise reader.damaged(f"a tensor's name {name[:LONGEST_NAME]!r} twice or too long")
        names.add(name)
        if not 0 < dimensions <= 4:
            raise reader.damaged(f"the tensor {name} with {dimensions} dimensions")
        shape = tuple(reader.count() for _ in range(dimensions))
        kind, start = reader.count(SCALARS[4]), reader.count()
        if kind not in BLOCKS:
            raise ModelUnusable(
                "{file} uses the number format {kind}, which this program does not know.",
                hint="Choose another file of this model, such as Q4_K_M.",
                file=reader.path.name,
                kind=kind,
            )
        elements = math.prod(shape)
        per_block, block_bytes = BLOCKS[kind]
        if not 0 < elements < 1 << 62 or shape[0] % per_block:
            raise reader.damaged(f"the tensor {name} of shape {shape}")
        if start != expected:
            raise reader.damaged(f"the tensor {name} in the wrong place")
        size = elements // per_block * block_bytes
        yield Tensor(name, shape, kind, start, size)
        expected = _padded(start + size, alignment)


def _padded(position: int, alignment: int) -> int:
    return (position + alignment - 1) // alignment * alignment


def _described(path: Path, size: int, fields: Fields, tensors: list[Tensor], digest: str) -> Header:
    architecture = fields.architecture()
    shape = fields.shape(architecture)
    parameters = sum(math.prod(tensor.shape) for tensor in tensors)
    embedding = next((tensor for tensor in tensors if tensor.name == "token_embd.weight"), None)
    vocabulary = fields.vocabulary()
    if embedding is None or embedding.shape != (shape.embedding, vocabulary):
        found = embedding.shape if embedding else None
        raise damaged(path, f"{vocabulary} words and a table of shape {found}")
    return Header(
        path=path,
        architecture=architecture,
        name=fields.text("general.name") or path.stem,
        size_label=fields.text("general.size_label") or _size_label(parameters),
        quantisation=named_quantisation(fields.whole("general.file_type")),
        context_length=shape.context_length,
        layers=shape.layers,
        embedding=shape.embedding,
        heads=shape.heads,
        kv_heads=shape.kv_heads,
        key_length=shape.key_length,
        value_length=shape.value_length,
        vocabulary=vocabulary,
        template=fields.text("tokenizer.chat_template") or None,
        parameters=parameters,
        digest=digest,
        file_bytes=size,
        weights_bytes=sum(tensor.size for tensor in tensors),
        repacked_bytes=sum(t.size for t in tensors if t.kind in REPACKED and t.name.startswith("blk.")),
    )


def _size_label(parameters: int) -> str:
    if parameters >= 1_000_000_000:
        return f"{parameters / 1e9:.1f}B"
    if parameters >= 1_000_000:
        return f"{parameters / 1e6:.0f}M"
    return f"{max(1, round(parameters / 1e3))}K"
