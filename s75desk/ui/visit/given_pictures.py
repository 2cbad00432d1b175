"""Pictures that were pasted or dropped: files by their path, pictures of other programs as bytes of a picture file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter

_AS_FILE = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff")
_MOST_EDGE = 2400
"""A photo keeps 2,000 pixels; what is larger is made smaller before it is packed, as packing is what takes time."""

_QUICK = 80
"""Of 100: packed loosely. Nothing is lost by it, and the packed picture does not live longer than a moment."""


def holds_files(data: QMimeData) -> bool:
    """Whether files of this computer were copied or dragged."""
    return any(url.isLocalFile() for url in data.urls())


def holds_pictures(data: QMimeData) -> bool:
    """Whether there is a file or a picture in it. What a file is, is not looked at here."""
    return data.hasImage() or holds_files(data) or any(data.hasFormat(kind) for kind in _AS_FILE)


def pictures_in(data: QMimeData) -> list[Path | bytes]:
    """The files, or else the picture, of something that was copied or dragged; empty if there is none."""
    files: list[Path | bytes] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files
    for kind in _AS_FILE:
        packed = bytes(data.data(kind).data()) if data.hasFormat(kind) else b""
        if packed:
            return [packed]
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return [_packed(image)]
    return []


def _packed(image: QImage) -> bytes:
    """The picture as PNG."""
    if max(image.width(), image.height()) > _MOST_EDGE:
        room = QSize(_MOST_EDGE, _MOST_EDGE)
        image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setQuality(_QUICK)
    writer.write(image)
    return bytes(buffer.data().data())
