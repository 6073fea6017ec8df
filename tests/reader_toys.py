"""A toy group for fitting the reader."""

from evals.reading_batches import WRONG
from evals.reading_schema import Group, Text


def group(number: int, *, answerable: bool = True) -> Group:
    said = ("Nets are free.", "Ropes are sold.", "Oars are lent.", "Sails are white.", *[f"Knot {knot}." for knot in range(WRONG)])
    right = (Text("Boats pay 5 yuan.", "Dues", f"Harbour {number}"),) if answerable else ()
    return Group("toys", f"Question {number} on boats?", right, tuple(Text(text, "", f"Harbour {number}") for text in said))
