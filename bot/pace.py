"""Limits of frequency by key: so many a second in the long run, with a burst at first."""

from dataclasses import dataclass, field

MOST_KEYS = 1_000


@dataclass
class Pace:
    """`per_second` in the long run, `burst` at once. `now` is any clock in seconds that only goes forward."""

    per_second: float
    burst: int
    _due: dict[str, float] = field(default_factory=dict)  # when a key would have used up its burst

    def wait(self, key: str, now: float) -> float:
        """Take the next place and say how many seconds it is away."""
        self._tidy(now)
        due = max(self._due.get(key, 0.0), now) + 1 / self.per_second
        self._due[key] = due
        return max(0.0, due - now - self.burst / self.per_second)

    def allows(self, key: str, now: float) -> bool:
        """Take a place where one is free at once; False where there is none."""
        if max(self._due.get(key, 0.0), now) + 1 / self.per_second - now > self.burst / self.per_second:
            return False
        return self.wait(key, now) == 0.0

    def _tidy(self, now: float) -> None:
        if len(self._due) > MOST_KEYS:
            self._due = {key: due for key, due in self._due.items() if due > now}
