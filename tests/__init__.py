"""Tests; paths mirror the package."""
