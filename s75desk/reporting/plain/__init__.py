"""Papers that print what is in front: a list, a plan of actions, a provider, a KPI."""

from __future__ import annotations
