"""Papers kept in the desk: put in whole, read back, checked against their fingerprint."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, NotFound
from s75desk.domain.records import Document
from s75desk.models import blobs
from s75desk.services.records import RecordService

MOST_BYTES = 50_000_000
"""The largest file a desk takes in, so that backups stay quick."""


class DocumentService(RecordService):
    """Keeps files inside the desk."""

    def attach(self, document: Document, file: Path) -> Changes:
        """Keep a file's bytes and the record that describes them, together or not at all.

        Raises:
            DeskError: If the file cannot be read or is too large.
        """
        data = _read(file)
        import mimetypes  # reads the system's lists when it is imported, which the start should not pay

        media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        with self.place.change(f"Added: {document.title or file.name}") as change:
            fingerprint = blobs.put(change.connection, data)
            described = replace(
                document,
                title=document.title or file.stem,
                filename=file.name,
                media_type=media_type,
                size=len(data),
                sha256=fingerprint,
            )
            self._check(change.records, described)
            change.create(described)
        return change.result

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


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DeskError(
                f"Not added: {file.name} is larger than {MOST_BYTES // 1_000_000} MB.", "Attach a smaller copy."
            )
        return file.read_bytes()
    except OSError as trouble:
        raise DeskError(f"Not added: {file.name} cannot be read.", "Check that it is still there.") from trouble
