"""Inputs out of inputs: marks changed, cut, spliced, repeated, tokens of the format put in. The same seed, the same inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random

#: No input grows beyond this.
LARGEST = 200_000

Mutation = Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes]


def flip(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Cut a piece out, or everything behind a place."""
    start = chance.randint(0, len(data))
    end = len(data) if chance.random() < 0.3 else min(len(data), start + chance.randint(0, 200))
    return data[:start] + data[end:]


def splice(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Put a piece of another input in."""
    other = chance.choice(inputs)
    start = chance.randint(0, len(other))
    place = chance.randint(0, len(data))
    return data[:place] + other[start : start + chance.randint(0, 400)] + data[place:]


def insert(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Put tokens of the format in."""
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(0, len(data))
        data = data[:place] + chance.choice(tokens) + data[place:]
    return data


def repeat(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Repeat a piece or a token many times."""
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.choice([1, 2, 8, 60])] if chance.random() < 0.6 else chance.choice(tokens)
    return data[:start] + piece * chance.choice([2, 3, 10, 100, 1000]) + data[start:]


def swap_lines(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Exchange, double or drop lines."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 3)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
        if chance.random() < 0.3:
            lines.insert(one, lines[other])
        elif len(lines) > 1 and chance.random() < 0.3:
            del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def recode(data: bytes, chance: Random, inputs: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """Write the input in another encoding, or with other line ends."""
    text = data.decode("utf-8", "replace")
    which = chance.randrange(4)
    if which == 0:
        return text.encode("utf-16")
    if which == 1:
        return text.encode("utf-16-le")
    if which == 2:
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    return text.encode("cp1252", "replace")


MUTATIONS: tuple[Mutation, ...] = (flip, cut, splice, insert, repeat, swap_lines, insert, splice, cut, recode)


def mutants(inputs: Sequence[bytes], tokens: Sequence[bytes], seed: int) -> Iterator[bytes]:
    """Make inputs without end: each is one of the given ones, or of those made before, changed one to six times."""
    chance = Random(seed)  # noqa: S311 - the same inputs each time are wanted
    pool = list(inputs)
    while True:
        data = chance.choice(pool)
        for _ in range(chance.choice([1, 1, 2, 3, 6])):
            data = chance.choice(MUTATIONS)(data, chance, inputs, tokens)[:LARGEST]
        if chance.random() < 0.05 and len(data) < LARGEST // 4:
            pool = [*pool[-200:], *inputs, data]
        yield data
