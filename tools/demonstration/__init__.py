"""The demonstration digest's pictures and provider icons, drawn from coordinates.

The illustrations are drawn, not photographed, so the repository holds no picture of unclear origin.
Two runs with the same Pillow write the same bytes: the only randomness comes from generators with a fixed seed.

Scenes (``scenes``, ``icons``) are made of shapes (``shapes``), shapes of marks on a ``canvas``;
``gallery`` says which pictures there are, ``files`` encodes them.
"""
