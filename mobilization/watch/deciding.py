"""Decisions about the watch of a post."""

from collections.abc import Iterator

from command.core.errors import Refused
from command.core.facts import Fact, Look, Moment, Sealed
from command.tiers.authority import post_of, within
from command.tiers.divisions import covers, parent_of
from incidents import Incident
from mobilization.ending import mobilization_of
from mobilization.states import Asked, Mobilization
from mobilization.watch import facts
from mobilization.watch.commands import EndWatch, GoUp, NameWatchLeader, OfferWatch, TakeWatch, WithdrawOffer
from mobilization.watch.states import LONGEST_MS, Duty, Waiting, Watch

_OFFICER = "officer:"


def take(look: Look, command: TakeWatch, moment: Moment) -> Iterator[Fact]:
    """A free watch, one's own by an offer, or, for a watch leader, anybody's of the post."""
    post, officer = _who(moment)
    state = _watch(look, post)
    if state.officer == officer:
        return
    _check_until(command.until_ms, moment.now_ms)
    duty = look(f"duty:{officer}")
    if isinstance(duty, Duty) and duty.division:
        raise Refused("watch.elsewhere")
    role = moment.authority.role if moment.authority else ""
    still = tuple(each.ask for each in state.waiting if _still_waits(look, post, each))
    if state.officer and state.offered_to == officer:
        yield facts.WatchHandedOver(
            division=post, officer=officer, role=role, from_officer=state.officer, until_ms=command.until_ms, waiting=still
        )
    elif not state.officer or role == "watch_leader":
        why = "by_leader" if state.officer else "vacant"
        yield facts.WatchTaken(
            division=post,
            officer=officer,
            role=role,
            why=why,
            until_ms=command.until_ms,
            from_officer=state.officer,
            waiting=still,
        )
    else:
        raise Refused("watch.held")


def offer(look: Look, command: OfferWatch, moment: Moment) -> Iterator[Fact]:
    state, officer = _held(look, moment)
    if command.to == officer:
        raise Refused("watch.to")
    if state.offered_to != command.to:
        yield facts.WatchOffered(division=state.division, officer=officer, to=command.to)


def withdraw(look: Look, _command: WithdrawOffer, moment: Moment) -> Iterator[Fact]:
    state, officer = _held(look, moment)
    if state.offered_to:
        yield facts.OfferWithdrawn(division=state.division, officer=officer)


def end(look: Look, _command: EndWatch, moment: Moment) -> Iterator[Fact]:
    """Who holds a watch may end it, wherever the officer is posted by now."""
    state, officer = _held(look, moment)
    yield facts.WatchEnded(division=state.division, officer=officer)


def name_leader(look: Look, command: NameWatchLeader, moment: Moment) -> Iterator[Fact | Sealed]:
    """By who holds the watch, or by an officer who may lead it."""
    post, officer = _who(moment)
    state = _watch(look, post)
    if not state.officer:
        raise Refused("watch.unheld")
    if state.officer != officer and (moment.authority is None or moment.authority.role != "watch_leader"):
        raise Refused("watch.not_yours")
    if command.officer == state.officer:
        raise Refused("watch.leader")
    if command.officer:
        if state.leader is None or state.leader.officer != command.officer:
            yield facts.WatchLeaderNamed(division=post, leader=command.leader, officer=command.officer)
    elif command.name:
        named = facts.WatchLeaderNamed(division=post, leader=command.leader)
        yield Sealed(named, f"watch_leader:{command.leader}", {"name": command.name, "phone": command.phone})
    elif state.leader is not None:
        yield facts.WatchLeaderWithdrawn(division=post)


def go_up(look: Look, command: GoUp, _moment: Moment) -> Iterator[Fact]:
    """By deadline: what is still waiting, at a post that still nobody holds."""
    state = _watch(look, command.division)
    waiting = next((each for each in state.waiting if each.ask == command.ask), None)
    to = parent_of(command.division)
    if waiting is None or to is None or state.officer or not _still_waits(look, command.division, waiting):
        return
    yield facts.AskWentUp(
        incident=waiting.incident, ask=waiting.ask, what=waiting.what, division=state.division, to=to, asked_ms=waiting.asked_ms,
        vacant_since_ms=state.vacant_since_ms,
    )  # fmt: skip


def _still_waits(look: Look, post: str, waiting: Waiting) -> bool:
    """Whether what was asked of `post`, or came up to it from one below, is still unanswered."""
    incident = look(f"incident:{waiting.incident}")
    if not isinstance(incident, Incident) or not incident.is_open:
        return False
    if waiting.what == "lead":
        return incident.asked_take_over is not None and covers(post, incident.asked_take_over)
    if waiting.what == "order":
        asked = look(f"asked:{incident.id}")
        return isinstance(asked, Asked) and not asked.done and covers(post, asked.to)
    running = look(f"mobilization:{mobilization_of(incident.id)}")
    speciality = waiting.ask.rpartition("/")[2]
    return isinstance(running, Mobilization) and any(
        covers(post, each.to) and each.speciality == speciality for each in running.asked_up
    )


def _who(moment: Moment) -> tuple[str, str]:
    """The post and the officer that act: somebody who commands."""
    post = within(moment.authority, post_of(moment.authority))
    if not moment.actor.startswith(_OFFICER):
        raise Refused("authority.role")
    return post, moment.actor.removeprefix(_OFFICER)


def _held(look: Look, moment: Moment) -> tuple[Watch, str]:
    _, officer = _who(moment)
    duty = look(f"duty:{officer}")
    if not isinstance(duty, Duty) or not duty.division:
        raise Refused("watch.not_yours")
    return _watch(look, duty.division), officer


def _watch(look: Look, post: str) -> Watch:
    state = look(f"watch:{post}")
    return state if isinstance(state, Watch) else Watch(division=post)


def _check_until(until_ms: int | None, now_ms: int) -> None:
    if until_ms is not None and not now_ms < until_ms <= now_ms + LONGEST_MS:
        raise Refused("watch.until", hours=LONGEST_MS // 3_600_000)
