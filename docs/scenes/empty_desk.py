"""The tabs of a desk with nothing in it."""

from __future__ import annotations

from docs.scenes.tabs import tab
from docs.studio import Scene

SCENES: list[Scene] = [
    Scene("empty-overview", tab("overview"), "empty", wide=False),
    *(
        Scene(f"empty-{page.replace('_', '-')}", tab(page), "empty", wide=False)
        for page in (
            "agreements",
            "providers",
            "visits",
            "kpis",
            "actions",
            "briefings",
            "organisations",
            "question_sets",
            "archived",
        )
    ),
]
