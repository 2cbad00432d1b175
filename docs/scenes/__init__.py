"""What the pictures show: one short play each, acted in the studio, in the order in which they are taken."""

from __future__ import annotations

from docs.scenes import empty_desk, forms, moments, room_and_text, tabs, without_desk
from docs.studio import Scene

SCENES: list[Scene] = [
    *without_desk.SCENES,
    *tabs.SCENES,
    *forms.SCENES,
    *moments.SCENES,
    *room_and_text.SCENES,
    *empty_desk.SCENES,
]
