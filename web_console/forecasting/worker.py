"""`python -m web_console.forecasting.worker FOLDER KIND`: plays branches of a realm until its input ends. It yields to whoever answers
people, reads the log beside them, and writes nothing.
"""

import os
import sys
import traceback
from pathlib import Path

import msgspec

from command.core.realm import Folder
from drills.forks import Forecast, forecast
from drills.forks.forecast import Advice, advise
from web_console.forecasting.orders import AdviceTold, Band, Done, NeedTold, Order, Told, receive, send
from web_console.forecasting.reader import Reader

NICE = 10


def main() -> None:
    folder, kind = Folder(Path(sys.argv[1])), sys.argv[2]
    os.nice(NICE)
    reader = Reader(folder, kind=kind)
    while (raw := receive(sys.stdin.buffer)) is not None:
        order = msgspec.msgpack.decode(raw, type=Order)
        if order.position < reader.position:
            reader.close()
            reader = Reader(folder, kind=kind)
        send(sys.stdout.buffer, _done(reader, order))
    reader.close()


def _done(reader: Reader, order: Order) -> Done:
    try:
        reader.fold(order.position)
        return _work(reader, order)
    except Exception as error:
        traceback.print_exc()
        return Done(fault=type(error).__name__)


def _work(reader: Reader, order: Order) -> Done:
    parent = reader.parent(order)
    if not order.advise:
        told = (
            forecast(parent, branches=order.branches, horizon_ms=order.horizon_ms, seed=order.seed, change=change)
            for change in order.changes
        )
        return Done(told=tuple(_told(each) for each in told))
    found, advice = advise(parent, branches=order.branches, horizon_ms=order.horizon_ms, seed=order.seed)
    return Done(told=(_told(found),), advice=tuple(_advice(each) for each in advice))


def _told(found: Forecast) -> Told:
    needs = tuple(
        NeedTold(
            incident=each.need.incident, speciality=each.need.speciality, least=each.need.least, by_ms=each.by_ms, in_time=each.in_time,
            promised=each.promised, half_ms=each.half_ms, most_ms=each.most_ms, early_ms=each.early_ms, first_ms=each.first_ms, over=each.over,
            calls=each.calls, teams=each.teams, bands=tuple(Band(*band) for band in each.bands),
        )
        for each in found.needs
    )  # fmt: skip
    return Told(
        branches=found.branches, until_ms=found.until_ms, events=found.events, needs=needs, happened_ms=found.happened_ms,
        refused=found.refused, **found.people._asdict(),
    )  # fmt: skip


def _advice(each: Advice) -> AdviceTold:
    return AdviceTold(
        incident=each.need.incident, speciality=each.need.speciality, act=each.act, chance=each.chance, with_it=each.with_it
    )


if __name__ == "__main__":
    main()
