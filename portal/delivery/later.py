"""When a job that did not work out is tried again."""

from dataclasses import dataclass

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


class TryLater(Exception):
    """Not now: the mail server, somebody else who hears first, a busy machine. `seconds` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"in {seconds} s")
        self.seconds = seconds


@dataclass(frozen=True)
class Backoff(BaseRetryStrategy):
    """Waits as the settings say. An unforeseen error waits too, the longest time in the end, and never gives up:
    the message stays visible as 'klaar' and the log tells of it each time."""

    waits: tuple[int, ...]

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
        if isinstance(exception, TryLater):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        return RetryDecision(retry_in={"seconds": self.waits[min(job.attempts, len(self.waits) - 1)]})
