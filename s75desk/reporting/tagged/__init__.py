"""The tagged PDF engine: PDF/UA-1 and PDF/A-2a out of reportlab's own parts, in one pass.

How it works, in four sentences. Every flowable that says something carries a ``Tag``; when it is drawn it opens its
structure element on the canvas and closes it again. The ``TaggedCanvas`` wraps each piece of text it is given in a
marked-content sequence of the element that is open, and everything else (rules, fills, borders) in an artifact.
``StructureTree`` remembers who owns which mark on which page and is written as the last thing. Page numbers that are
not known while a page is drawn ("Page 1 of 6", the contents list) are written into it at the end.

Read in this order: ``structure``, ``canvas``, ``text``, ``flowables``, ``tables``, ``items``, ``contents``,
``metadata``; ``fixes`` and ``fonts`` come first at run time: importing this package mends reportlab and registers
the fonts. Name a font in every style and table all the same, as reportlab falls back on Helvetica, which it does not
embed; a test looks for it in the finished file.
"""

from __future__ import annotations

from s75desk.reporting.tagged import fixes, fonts

fixes.apply()
fonts.register()
