"""The months of one voucher period as a result may show them: care, entitled rate, voucher, adaptation."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class YearMonth:
    """The month that begins on `first`; rates in percent points, `care` None where it was not asked for."""

    first: date
    entitled: int
    care: int | None = None
    adaptation: bool = False

    @property
    def voucher(self) -> int:
        """The rate that a voucher is for: the smaller of both."""
        return self.entitled if self.care is None else min(self.care, self.entitled)
