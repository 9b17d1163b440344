"""What a batch came to: counts, speed, memory, and what a day and a month of Common Crawl News would take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

NEWS_PAGES_A_DAY = 400_000
"""Pages of Common Crawl News a day: 1.35 billion articles from August 2016 to 2026 are 380,000 a day
(Lazzaroni and others 2026, arXiv:2605.18337)."""
DAYS_A_MONTH = 30


@dataclass(frozen=True, slots=True)
class Report:
    """The sums over the shards of a run. Seconds are of processor time; ``elapsed`` is the clock's."""

    shards: int
    known: int
    left: int
    pages: int
    coded: int
    events: int
    failures: int
    megabytes: float
    seconds: float
    reading: float
    elapsed: float
    memory: int
    cores: int

    @property
    def speed(self) -> float | None:
        """Pages a second of one core."""
        return self.pages / self.seconds if self.seconds else None

    def hours(self, days: int) -> float | None:
        """Hours that so many days of Common Crawl News would take on ``cores``."""
        return days * NEWS_PAGES_A_DAY / (self.speed * self.cores) / 3600 if self.speed else None

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain values, ready for JSON."""
        speed = self.speed
        return {
            **asdict(self),
            "pages_a_second_a_core": round(speed, 1) if speed else None,
            "megabytes_a_second": round(self.megabytes / self.elapsed, 2) if self.elapsed else None,
            "hours_for_a_day_of_news": self.hours(1),
            "hours_for_a_month_of_news": self.hours(DAYS_A_MONTH),
        }


def report(rows: Iterable[Mapping[str, Any]], *, known: int, left: int, elapsed: float, cores: int) -> Report:
    """The report of the shards that a run did; ``known`` ones were there before, ``left`` ones failed."""
    done = list(rows)
    counts = {name: sum(row["counts"][name] for row in done) for name in ("pages", "coded", "events", "failures")}
    spent = {name: sum(row["seconds"].get(name, 0.0) for row in done) for name in ("read", "triage", "code", "write")}
    return Report(
        shards=len(done),
        known=known,
        left=left,
        **counts,
        megabytes=sum(row["bytes"] for row in done) / 1e6,
        seconds=sum(spent.values()),
        reading=spent["read"] + spent["triage"],
        elapsed=elapsed,
        memory=max((row["memory"] for row in done), default=0),
        cores=cores,
    )


def lines(found: Report) -> list[str]:
    """The report for eyes."""
    told = [
        f"shards: {found.shards} done, {found.known} there already, {found.left} left",
        f"pages: {found.pages:,} ({found.coded:,} coded); events: {found.events:,}; failures: {found.failures:,}",
    ]
    day, month = found.hours(1), found.hours(DAYS_A_MONTH)
    if found.speed and day is not None and month is not None:
        told += [
            f"speed: {found.speed:.1f} pages/s a core ({found.reading / found.seconds:.0%} of it reading and triage), "
            f"{found.pages / found.elapsed:.1f} pages/s and {found.megabytes / found.elapsed:.2f} MB/s in all",
            f"peak memory a worker: {found.memory / 1e6:,.0f} MB",
            f"Common Crawl News on {found.cores} core{'s' * (found.cores > 1)} at this speed: "
            f"{day:.1f} hours a day's pages ({NEWS_PAGES_A_DAY:,}), {month:,.0f} hours a month's",
        ]
    return told
