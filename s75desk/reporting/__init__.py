"""From records to paper: what a briefing says (content), how its page looks (layout), and the tagged PDF it becomes.

reportlab lives here and nowhere else, and only in ``tagged/``, ``styles``, ``flow``, ``layout`` and ``drawing_pdf``.
Importing this package, the charts or the timeline does not load it, as the window draws charts long before anyone
prints.
"""
