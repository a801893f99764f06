"""Prometheus' remote write 1.0 as receivers read it: a protobuf `WriteRequest` in one Snappy block.

Modelled after "Prometheus Remote-Write 1.0 specification" and Snappy's "format_description.txt". Not read: metadata,
exemplars, native histograms.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from sandbox.http_server import HttpError, Request
from sandbox.standins.storage import Signal

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5
"""Wire types of protobuf."""
SIZES = {FIXED64: 8, FIXED32: 4}


def signals(request: Request, tenant: str) -> list[Signal]:
    """The samples of one request. Throws: `HttpError` 415 for another encoding, and 400 for what is no such message."""
    encoding = request.headers.get("content-encoding", "").lower()
    kind = request.headers.get("content-type", "").split(";")[0].strip()
    if encoding != "snappy" or kind != "application/x-protobuf":
        given = f"{kind or '(none)'} in {encoding or '(none)'}"
        raise HttpError(415, f"remote write is application/x-protobuf in snappy, not {given}")
    try:
        message = decompressed(request.body)
        return [found for series in _messages(message, 1) for found in _of_series(series, tenant)]
    except (ValueError, IndexError, struct.error) as error:
        raise HttpError(400, f"not a write request: {error}") from error


def _of_series(series: bytes, tenant: str) -> Iterator[Signal]:
    pairs = [(_text(label, 1), _text(label, 2)) for label in _messages(series, 1)]
    names = [name for name, _ in pairs]
    if names != sorted(set(names)):
        raise ValueError(f"labels are not sorted, or one is there twice: {names}")
    if not dict(pairs).get("__name__"):
        raise ValueError("received series has no metric name")
    for sample in _messages(series, 2):
        fields = dict(_fields(sample))
        value = struct.unpack("<d", fields.get(1, bytes(8)))[0]
        # An int64: milliseconds since 1970.
        moment = fields.get(2, 0)
        moment -= (moment >> 63) << 64
        yield Signal(tenant, moment * 10**6, tuple(pairs), value)


def _messages(message: bytes, number: int) -> list[bytes]:
    return [value for field, value in _fields(message) if field == number]


def _text(message: bytes, number: int) -> str:
    return b"".join(_messages(message, number)[-1:]).decode()


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Fields of a message with their numbers: varints as numbers, all else as bytes."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        number, wire = tag >> 3, tag & 7
        if wire == VARINT:
            value, place = _varint(message, place)
            yield number, value
            continue
        if wire == LENGTH:
            size, place = _varint(message, place)
        elif wire in SIZES:
            size = SIZES[wire]
        else:
            raise ValueError(f"wire type {wire} is none of proto3's")
        if place + size > len(message):
            raise ValueError("it ends in the middle of a field")
        yield number, message[place : place + size]
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """A number and the place behind it. Throws: `IndexError`."""
    number, shift = 0, 0
    while True:
        byte = data[place]
        number, shift, place = number | (byte & 0x7F) << shift, shift + 7, place + 1
        if byte < 0x80:
            return number, place


def decompressed(block: bytes) -> bytes:
    """What a Snappy block holds. Throws: `ValueError`, `IndexError`."""
    size, place = _varint(block, 0)
    found = bytearray()
    while place < len(block):
        tag, place = block[place], place + 1
        if tag & 3 == 0:
            length = tag >> 2
            if length >= 60:
                wide = length - 59
                length, place = int.from_bytes(block[place : place + wide], "little"), place + wide
            found += block[place : place + length + 1]
            place += length + 1
            continue
        if tag & 3 == 1:
            length, offset, place = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | block[place], place + 1
        else:
            wide = 2 if tag & 3 == 2 else 4
            length, offset = (tag >> 2) + 1, int.from_bytes(block[place : place + wide], "little")
            place += wide
        if not 0 < offset <= len(found):
            raise ValueError(f"a copy from {offset} bytes back, of {len(found)}")
        # One by one: a copy may reach into what it copies itself.
        for _ in range(length):
            found.append(found[-offset])
    if len(found) != size:
        raise ValueError(f"{len(found)} bytes, and it says {size}")
    return bytes(found)
