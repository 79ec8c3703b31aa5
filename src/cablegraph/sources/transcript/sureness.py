"""How sure the reader is of a value, from 0 to 1: one scale for all readings of a transcript.

A value that has no row in ``readings`` is printed plainly behind its own label, in a transcript that shows no damage.
What stands below ``DOUBTED`` may be wrong and ought to be looked at; what stands above it is as good as printed.
"""

#: How a value was read, where that shows that the transcript is damaged.
ALIKE = "letters and figures that look alike"
AS_FIGURES = "letters read as the figures that they look like"
LOST = "a known form with letters lost or changed"
SPECKS = "specks of dirt left out"
#: All of them.
SIGNS = (ALIKE, AS_FIGURES, LOST, SPECKS)
#: A value that is printed plainly, beside such signs.
AMID = "printed so, in a transcript that shows damage"

#: From here on a value is as good as printed.
DOUBTED = 0.9

#: Said by the form itself, or told by a rule without exception.
IMPLIED = 0.95
#: Told by two places that agree.
CONFIRMED = 0.95
#: A known form in which only spaces or marks were lost.
SPACED = 0.9
#: A figure that looks like a letter, or the other way: where one was misread others may be.
LOOKALIKE = 0.85
#: The value stands somewhere else than behind its label.
ELSEWHERE = 0.8
#: Printed plainly, in a transcript that shows damage.
AMONG_DAMAGE = 0.85
#: A known form with a letter lost or changed.
LIKE = 0.75
#: A name that no vocabulary knows.
UNKNOWN = 0.8
#: Read by its place among other things alone.
PLACED = 0.7
#: Something beside it could not be read, or the margin cuts it.
BROKEN = 0.5
