"""Typed or OCR'd telegram forms: a head of stamps and fields, numbered text over pages, a signature, notes."""

from cablegraph.sources.transcript.cable import looks_like_cable
from cablegraph.sources.transcript.marks import looks_like_form
from cablegraph.sources.transcript.reader import read_transcript

__all__ = ["looks_like_transcript", "read_transcript"]


def looks_like_transcript(text: str) -> bool:
    """Tell whether a text begins like a telegram: two fields or the title of a form, or the head of a cable."""
    return looks_like_form(text) or looks_like_cable(text)
