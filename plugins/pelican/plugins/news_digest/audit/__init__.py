"""Checks of a built site before it is published: links, sizes, names, age. Each module looks for one
kind of trouble in files that are written already; nothing is changed. The command puts them together.
"""
