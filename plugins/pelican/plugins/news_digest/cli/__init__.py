"""``news-digest``: a module for each command, and a thin face over everything else. Only here is anything printed."""

DOORS = ("main",)
