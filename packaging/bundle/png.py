"""Reads the pictures that Qt writes, with nothing but the standard library: 8 bits a channel, not interlaced."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of pixels, ``channels`` bytes each."""

    width: int
    height: int
    channels: int
    rows: tuple[bytes, ...]

    def colours(self) -> int:
        """How many different colours there are."""
        step = self.channels
        return len({row[start : start + step] for row in set(self.rows) for start in range(0, len(row), step)})


def read(data: bytes) -> Picture:
    """The picture in ``data``.

    Raises:
        ValueError: it is no such PNG.
    """
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError("no PNG")
    place, packed, head = 8, b"", b""
    while place < len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + size]
        head = body if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        place += 12 + size
    width, height, depth, colour, _pack, _filter, interlace = struct.unpack(">IIBBBBB", head)
    if depth != 8 or colour not in _CHANNELS or interlace:
        raise ValueError("a kind of PNG that Qt does not write")
    channels = _CHANNELS[colour]
    line, flat = width * channels, zlib.decompress(packed)
    rows: list[bytes] = []
    above = bytes(line)
    for number in range(height):
        start = number * (line + 1)
        above = _unfilter(flat[start], bytearray(flat[start + 1 : start + 1 + line]), above, channels)
        rows.append(above)
    return Picture(width, height, channels, tuple(rows))


def _unfilter(kind: int, row: bytearray, above: bytes, step: int) -> bytes:
    if kind == 0:
        return bytes(row)
    for place in range(len(row)):
        left = row[place - step] if place >= step else 0
        up, corner = above[place], above[place - step] if place >= step else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = up
        elif kind == 3:
            guess = (left + up) // 2
        else:
            guess = _paeth(left, up, corner)
        row[place] = (row[place] + guess) & 255
    return bytes(row)


def _paeth(left: int, up: int, corner: int) -> int:
    """Of the three the one nearest to left + up - corner, in this order."""
    toward = left + up - corner
    return min((left, up, corner), key=lambda value: abs(toward - value))
