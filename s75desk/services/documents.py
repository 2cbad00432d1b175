"""Papers kept in the desk: put in whole, read back, checked against their fingerprint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, NotFound
from s75desk.domain.records import Document
from s75desk.domain.wording import plural
from s75desk.models import blobs
from s75desk.services.opened_copies import OpenedCopies, safe_name
from s75desk.services.records import RecordService

MOST_BYTES = 50_000_000
"""The largest file a desk takes in, so that backups stay quick."""


class ReadFile(NamedTuple):
    """The name and the bytes of a file that is to be attached."""

    name: str
    data: bytes


class DocumentService(RecordService):
    """Keeps files inside the desk."""

    @cached_property
    def opened(self) -> OpenedCopies:
        """Copies that other programs have open."""
        return OpenedCopies()

    @property
    def encrypted(self) -> bool:
        """Whether the desk is: a copy outside it is not."""
        return bool(getattr(self.place.desk, "encrypted", False))

    def attach(self, document: Document, *files: Path | ReadFile) -> Changes:
        """Keep the bytes of files and the records that describe them, together or not at all.

        Args:
            document: What is said of each of them: whose it is; a title only for one alone.
            files: The files, or what was read of them before.

        Raises:
            DeskError: If one cannot be read or is too large.
        """
        read = [file if isinstance(file, ReadFile) else read_file(file) for file in files]
        with self.place.change(f"Added: {_named(document, [name for name, _ in read])}") as change:
            for name, data in read:
                described = replace(
                    document,
                    title=document.title or Path(name).stem.strip() or name,
                    **_described(name, data, blobs.put(change.connection, data)),
                )
                self._check(change.records, described)
                change.create(described)
        return change.result

    def attach_to(self, document: Document, file: Path | ReadFile) -> Changes:
        """Keep the bytes of a file for a document of which the desk has the title only.

        Raises:
            DeskError: If it cannot be read or is too large, or a file is kept for the title already.
        """
        name, data = file if isinstance(file, ReadFile) else read_file(file)
        with self.place.change(f"File kept: {document.title}") as change:
            now = change.records.get(Document, document.uid) or document
            if now.sha256:
                raise DeskError(f"Not added: {now.title} has its file.", "Attach it as a document of its own.")
            change.revise(replace(now, **_described(name, data, blobs.put(change.connection, data))))
        return change.result

    def open_copy(self, document: Document) -> Path:
        """A read-only copy of a kept file outside the desk, for another program to open.

        Raises:
            NotFound: If only the title is kept.
            DeskError: If the copy cannot be made, or would run something.
        """
        return self.opened.put(document.filename or document.title, self.bytes_of(document))

    def bytes_of(self, document: Document) -> bytes:
        """The file as it was put in.

        Raises:
            NotFound: If only the title is kept.
        """
        if document.sha256:
            with self.place.desk.reading() as connection:
                found = blobs.get(connection, document.sha256)
            if found is not None:
                return found
        raise NotFound(f"No file is kept for {document.title}.", "Attach it, then open it again.")


def _named(document: Document, names: Sequence[str]) -> str:
    return (document.title or names[0]) if len(names) == 1 else plural(len(names), "document")


def _described(name: str, data: bytes, sha256: str) -> dict[str, Any]:
    return {"filename": name, "media_type": _media_type(name), "size": len(data), "sha256": sha256}


def _media_type(name: str) -> str:
    import mimetypes  # reads the system's lists when it is imported, which the start should not pay

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def read_file(file: Path) -> ReadFile:
    """Read a file that is to be attached, beside all saves: it may lie on a slow share.

    Raises:
        DeskError: If it cannot be read or is too large.
    """
    try:
        if file.exists() and not file.is_file():
            raise DeskError(f"Not added: {safe_name(file.name)} is a folder or a device.", "Attach the files in it.")
        if file.stat().st_size > MOST_BYTES:
            raise DeskError(
                f"Not added: {safe_name(file.name)} is larger than {MOST_BYTES // 1_000_000} MB.",
                "Attach a smaller copy.",
            )
        return ReadFile(safe_name(file.name), file.read_bytes())
    except OSError as trouble:
        raise DeskError(
            f"Not added: {safe_name(file.name)} cannot be read.", "Check that it is still there."
        ) from trouble
