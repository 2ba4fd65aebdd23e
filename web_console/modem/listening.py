"""The modem beside a house: what comes in goes to the replies, and is deleted from the card once it is in the log."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine

from web_console.house import House
from web_console.modem.modem import Modem
from web_console.modem.pdu import Incoming

TAKEN_S = 30.0


def listening(modem: Modem) -> Callable[[House], Coroutine[None, None, None]]:
    """What lives as long as the application does."""

    async def listen(house: House) -> None:
        loop = asyncio.get_running_loop()
        modem.start(lambda message: asyncio.run_coroutine_threadsafe(take(house, message), loop).result(TAKEN_S))
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(modem.stop)

    return listen


async def take(house: House, message: Incoming) -> None:
    """The network's stamp makes it one message, however often it is read from the card."""
    name = hashlib.sha256(f"{message.sender} {message.at_ms} {message.text}".encode()).hexdigest()
    taken = await house.replies.take_text(channel=Modem.name, message=name, number=message.sender, text=message.text)
    await house.outside.tell(taken, channel=Modem.name, number=message.sender)
