"""Typed or OCR'd telegram forms: a head of stamps and fields, numbered text over pages, a signature, notes."""

from cablegraph.sources.transcript.reader import read_transcript

__all__ = ["read_transcript"]
