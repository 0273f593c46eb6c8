"""Readings that several rules share: each a small module of its own."""
