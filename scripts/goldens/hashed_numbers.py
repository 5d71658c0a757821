"""Deterministic numbers from integer keys, identical in every version of every library. test/support/hashedNumbers.ts
contains the same formula; the two must stay equal bit for bit.
"""
import numpy as np

U32 = np.uint32


def mix(h):
    """MurmurHash3's 32-bit finalizer, elementwise on uint32 arrays (wraps around silently)."""
    h = h ^ (h >> U32(16))
    h = h * U32(0x85EBCA6B)
    h = h ^ (h >> U32(13))
    h = h * U32(0xC2B2AE35)
    return h ^ (h >> U32(16))


def key_of(text: str) -> int:
    """FNV-1a over the characters: maps a name to a 32-bit key."""
    h = 0x811C9DC5
    for character in text:
        h = ((h ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
    return h


def signed_unit(key: int, count: int):
    """`count` float64 numbers in [-1, 1): element i is mix(mix(key + 1) + i) / 2^31 - 1."""
    base = mix(np.array([(key + 1) & 0xFFFFFFFF], dtype=U32))
    return mix(base + np.arange(count, dtype=U32)).astype(np.float64) / 2147483648.0 - 1.0


def hashed(name: str, shape, scale: float = 1.0):
    """Float32 tensor in [-scale, scale) that depends only on the name and the element's index."""
    count = int(np.prod(shape, dtype=np.int64))
    return (signed_unit(key_of(name), count) * scale).astype(np.float32).reshape(shape)
