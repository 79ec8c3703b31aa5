"""A value of a head, with its line and how it came about."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass
class Field:
    """A value of the head and the line where it stands.

    ``how`` says how it was read if it does not stand plainly behind its label, and ``confidence`` how sure that is;
    ``printed`` is the line as the transcript has it, where it was repaired.
    """

    text: str
    line: int
    how: str | None = None
    confidence: float = 1.0
    printed: str | None = None

    def noted(self, how: str | None, confidence: float, printed: str | None = None) -> Field:
        """The same field with one thing more to be said of how it was read."""
        if how is None:
            return self
        told = how if self.how is None or how in self.how else f"{self.how}; {how}"
        return replace(self, how=told, confidence=min(self.confidence, confidence), printed=self.printed or printed)
