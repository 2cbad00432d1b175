"""The window: Qt widgets and item models. Nothing here reads the desk file; it asks the services."""

from __future__ import annotations

from s75desk.ui.lasting import make_lasting
from s75desk.ui.override_guard import guard_overrides

make_lasting()
guard_overrides()
