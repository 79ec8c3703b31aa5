"""Measurements, side by side; they print and assert nothing."""
