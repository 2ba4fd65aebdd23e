"""The watch at a post: who holds it, how it is handed over, and what goes up a tier because nobody holds it.

On this floor, since it must see what is asked of a post: leads of incidents, orders and support of call-outs.
"""

from collections.abc import Mapping

from command.core.facts import Command, Decide
from mobilization.watch import deciding
from mobilization.watch.commands import EndWatch, GoUp, NameWatchLeader, OfferWatch, TakeWatch, WithdrawOffer
from mobilization.watch.facts import WATCH_FACTS, AskWentUp, WatchEnded, WatchLeaderNamed, WatchLeaderWithdrawn
from mobilization.watch.folding import WATCH_KINDS
from mobilization.watch.refusals import WATCH_WORDS
from mobilization.watch.states import Duty, Waiting, Watch, WatchLeader

WATCH_DECIDERS: Mapping[type[Command], Decide] = {
    TakeWatch: deciding.take,
    OfferWatch: deciding.offer,
    WithdrawOffer: deciding.withdraw,
    EndWatch: deciding.end,
    NameWatchLeader: deciding.name_leader,
    GoUp: deciding.go_up,
}

__all__ = [
    "WATCH_DECIDERS",
    "WATCH_FACTS",
    "WATCH_KINDS",
    "WATCH_WORDS",
    "AskWentUp",
    "Duty",
    "EndWatch",
    "GoUp",
    "NameWatchLeader",
    "OfferWatch",
    "TakeWatch",
    "Waiting",
    "Watch",
    "WatchEnded",
    "WatchLeader",
    "WatchLeaderNamed",
    "WatchLeaderWithdrawn",
    "WithdrawOffer",
]
