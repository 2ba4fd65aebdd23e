"""Which realm a command of the terminal means, and opening it."""

import argparse
from collections.abc import Callable

from command.core.chance import SystemChance
from command.core.clock import SystemClock
from command.core.realm import Folder
from command.core.restoring import put_back
from web_console.about import read_about
from web_console.house import House
from web_console.master_key import master_key
from web_console.pager import Channel

Say = Callable[[str], None]


def folder_of(options: argparse.Namespace) -> Folder:
    folder = Folder(options.home / "realms" / options.realm)
    put_back(folder)
    return folder


def open_realm(options: argparse.Namespace, channels: tuple[Channel, ...] = (), *, beside: bool = True) -> House:
    folder = folder_of(options)
    about = read_about(folder.path, kind="live")
    return House(
        folder.path, city=about.city, kind=about.kind, clock=SystemClock(), chance=SystemChance(), master=master_key(options.home),
        channels=channels, beside=beside,
    )  # fmt: skip
