"""Pelican's side of the house: what is taken from it, what it is given, and what is said while it runs."""
