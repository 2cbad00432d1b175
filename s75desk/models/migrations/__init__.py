"""The steps by which the tables of an older desk become those of today, one module a version, listed by hand.

Nothing is discovered at run time, so that the steps are there in the frozen program as well.
"""

from __future__ import annotations

LATEST = 5
"""Version of the tables that this program reads and writes."""
