"""The one name of SQLAlchemy's that services may speak of: a connection inside a transaction they were given."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["Connection"]
