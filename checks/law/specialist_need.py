"""Social or language need that a specialist service confirms (art. 41 and 45 OEJF)."""

from collections.abc import Sequence
from typing import NamedTuple

from checks.law.activity import Rate, round_to_step
from checks.law.timeline import Segment, Span, Timeline, cut_around


class Confirmation(NamedTuple):
    """A specialist service confirms a need of `rate` percent on `days`, of language or else social."""

    days: Span
    rate: Rate
    language: bool


class LanguageCare(NamedTuple):
    """What a language need asks of the place: care in the official language, at the confirmed rate.

    `official`: nobody has denied that the place speaks the official language (art. 41 al. 3).
    `may_be_lower`: the commune lets the voucher go on in months with less care (holidays, illness).
    """

    official: bool
    may_be_lower: bool


def grant_for_need(
    timeline: Timeline, confirmations: Sequence[Confirmation], place: LanguageCare, step: int
) -> Timeline:
    """The timeline with the confirmed rate, rounded to `step`, wherever it is higher than the rate so far."""
    for confirmation in confirmations:
        rate = round_to_step(confirmation.rate, step)
        timeline = tuple(
            _with_need(segment, confirmation.language, rate, place)
            if confirmation.days.covers(segment.first) and rate > segment.entitled
            else segment
            for segment in cut_around(timeline, [confirmation.days])
        )
    return timeline


def _with_need(segment: Segment, language: bool, rate: int, place: LanguageCare) -> Segment:
    if not language:
        return segment.granted(rate, "specialist_social")
    if place.official and (segment.care >= rate or place.may_be_lower):
        return segment.granted(rate, "specialist_language")
    if not segment.care:
        return segment
    return segment.noted("language_care_too_low" if place.official else "official_language_missing")
