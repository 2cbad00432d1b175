"""How much memory a process holds."""

from __future__ import annotations

import psutil


def resident_bytes() -> int:
    """Bytes of memory that this process holds now."""
    return int(psutil.Process().memory_info().rss)
