"""Bytes → the files that pages ask for, and the folder that keeps them: before a build, never in one. A picture that is
too large, too odd or no picture at all is refused in ``process``.
"""
