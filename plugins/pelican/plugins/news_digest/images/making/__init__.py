"""Bytes → the files that pages ask for, and the folder that keeps them: before a build, never in one."""
