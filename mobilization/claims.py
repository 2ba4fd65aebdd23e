"""What a phone says about the time: a claim, kept beside the recorded time and shown with it; it never orders anything.

Between a leader's own tap and the desk's note of what was said on the telephone, the later word stands; which is later is
told by when it was said. Where they contradict each other, both are shown and the desk is asked.
"""

from mobilization.commands import AnswerCall, ReportProgress
from mobilization.states import Call

CLAIM_MOST_MS = 24 * 3_600_000


def claim_of(claimed_at_ms: int | None, now_ms: int) -> int | None:
    """The claim as it is recorded; a clock more than a day off says nothing about this call."""
    return claimed_at_ms if claimed_at_ms is not None and abs(claimed_at_ms - now_ms) <= CLAIM_MOST_MS else None


def is_disputed(call: Call, claimed_at_ms: int | None, noted_by: str) -> bool:
    """A tap that claims to be older than what the desk noted: both are shown, the desk is asked. A claim from before the
    call was made comes from a clock that is wrong, and disputes nothing."""
    noted_ms = call.noted_said_ms if call.noted_by and not noted_by else None
    return noted_ms is not None and claimed_at_ms is not None and call.asked_ms <= claimed_at_ms < noted_ms


def said_before_own(call: Call, command: AnswerCall | ReportProgress, learned_ms: int) -> bool:
    """The desk notes what was said before the leader's own last tap: the tap is the later word, and stands."""
    is_own = call.answered_ms is not None and not call.noted_by
    return bool(command.noted_by) and is_own and learned_ms < (call.answered_ms or 0)
