"""The window: Qt widgets and item models. Nothing here reads the desk file; it asks the services."""

from __future__ import annotations

from s75desk.ui.lasting import make_lasting

make_lasting()
