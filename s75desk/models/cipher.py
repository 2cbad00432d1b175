"""Encryption of the desk file: keys, what a file is by its first bytes, and opening a bare connection.

A desk with a passphrase is an ordinary SQLCipher 4 database: any program that knows the format and the passphrase
opens it. The passphrase itself is never kept; the key derived from it is, so that a further connection costs nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

APPLICATION_ID = int.from_bytes(b"S75d", "big")
"""Tells a desk from other SQLite files; bytes 68 to 71 of the header."""

_SALT = 16
_PAGE = 4096
_ROUNDS = 256_000  # SQLCipher 4's own, so that other programs open the file with the passphrase alone.
_PLAIN_HEADER = b"SQLite format 3\0"
_KNOWN = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"RIFF",
    b"\x1f\x8b",
)


class Look(Enum):
    """What a file is by its first bytes."""

    EMPTY = "the file is empty"
    PLAIN = "a desk without a passphrase"
    SEALED = "a desk with a passphrase, as far as can be told without it"
    OTHER = "something else"


class Key:
    """The key of one encrypted file, derived from its passphrase and its salt. Never written out or shown."""

    __slots__ = ("_raw", "_salt")

    def __init__(self, passphrase: str, salt: bytes) -> None:
        # The same passphrase typed on another system may come with its accents apart.
        secret = unicodedata.normalize("NFC", passphrase).encode()
        derived = hashlib.pbkdf2_hmac("sha512", secret, salt, _ROUNDS, 32)
        self._salt = salt
        self._raw = f"x'{derived.hex()}{salt.hex()}'"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Key) and hmac.compare_digest(self._raw, other._raw)

    def __hash__(self) -> int:
        return hash(self._raw)

    def __repr__(self) -> str:
        return "Key(…)"

    @property
    def literal(self) -> str:
        """The key as SQLCipher takes it: only for ``set_key`` and bound parameters, never part of a statement."""
        return self._raw

    def fits(self, passphrase: str) -> bool:
        """Whether it was derived from ``passphrase``; takes a tenth of a second."""
        return Key(passphrase, self._salt) == self

    @staticmethod
    def fresh(passphrase: str | None) -> Key | None:
        """A key for a new file; None for no passphrase, and for an empty one."""
        return Key(passphrase, os.urandom(_SALT)) if passphrase else None

    @staticmethod
    def of_file(path: Path, passphrase: str) -> Key:
        """The key that opens ``path`` if ``passphrase`` is right."""
        with path.open("rb") as file:
            return Key(passphrase, file.read(_SALT))


def look(path: Path) -> Look:
    """What the file is, as far as its first page tells.

    Not for a desk that this process has open: on POSIX, closing the file ends the locks that SQLite holds on it.
    An encrypted desk looks like noise, so a file of noise cannot be told from it until the passphrase is tried.

    Raises:
        OSError: If the file is not there or cannot be read.
    """
    with path.open("rb") as file:
        page = file.read(_PAGE)
    if not page:
        return Look.EMPTY
    if page.startswith(_PLAIN_HEADER):
        return Look.PLAIN if int.from_bytes(page[68:72], "big") == APPLICATION_ID else Look.OTHER
    return Look.SEALED if len(page) == _PAGE and not page.startswith(_KNOWN) and _is_noise(page) else Look.OTHER


def _is_noise(page: bytes) -> bool:
    """Whether a page's bytes are spread as evenly as encryption spreads them.

    The sum of squares over 256 equal classes has mean 255 and standard deviation 22.6 for noise; text and
    programs lie in the thousands. 500 is passed by noise but once in more than 10^16 pages.
    """
    expected = len(page) / 256
    return sum((page.count(value) - expected) ** 2 / expected for value in range(256)) < 500


def uri(path: Path, mode: str) -> str:
    """SQLite's URI of a file, whatever signs its name holds."""
    name = path.absolute().as_posix()
    return f"file://{quote(os.fsencode(name if name.startswith('/') else '/' + name))}?{mode}"


def connect(path: Path, key: Key | None, *, mode: str = "mode=rw") -> Any:
    """A bare connection, keyed but with nothing read yet.

    Args:
        path: The file.
        key: Its key, or None for a plain file.
        mode: ``mode=rw`` for one that exists, ``immutable=1`` for one that nobody writes to.

    Returns:
        A connection of ``sqlcipher3.dbapi2`` without implicit transactions, for use by one thread at a time.
    """
    # Threads take turns at a connection, through the pool; SQLite is built to allow that.
    connection = dbapi2.connect(uri(path, mode), uri=True, isolation_level=None, check_same_thread=False, timeout=5)
    try:
        # SQLCipher would write every wrong passphrase to standard error.
        connection.execute("PRAGMA cipher_log_level = NONE").close()
        if key is not None:
            connection.set_key(key.literal)
    except BaseException:
        connection.close()
        raise
    return connection
