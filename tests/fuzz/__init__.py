"""Fuzzing of the readers: ``python -m tests.fuzz TARGET --seconds N --seed S``."""
