"""Pelican's side of the house: what is taken from it, what it is given, and what is said while it runs. Every hook of
:mod:`..plugin` lives here; the generator goes through planning, rendering and writing in their order.
"""

DOORS = ("build", "generator", "summary", "progress", "terminal")
