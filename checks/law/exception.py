"""The exceptional entitlement below the minimum activity (art. 37 al. 2 and art. 44 al. 3 OEJF)."""

from checks.law.activity import Rate


def exception_accepted(activity: Rate, floor: int, counted_persons: int) -> bool:
    """Whether kiBon accepts an exception for this activity (percent, both persons together, not cut at 100).

    For one person with a preschool child the floor is 0, but the program asks for an activity above 0
    (the guidance text of Biel allows zero: the commune decides).
    """
    return activity >= floor and (counted_persons > 1 or activity > 0)
