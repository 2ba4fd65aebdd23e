"""Where this machine can be reached inside: its private addresses, and its name there."""

import ipaddress
import re
import socket
from contextlib import suppress

PRIVATE = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
        "192.0.2.0/24",  # for documentation: met in sandboxes, routed nowhere
    )
)  # fmt: skip
"""The only addresses the authority may vouch for: whoever trusts it for Muster trusts it for no site of the open network."""
_BEYOND = ("10.255.255.255", "172.31.255.255", "192.168.255.255", "192.0.2.255")


def is_private(address: str) -> bool:
    return any(ipaddress.IPv4Address(address) in net for net in PRIVATE)


def lan_addresses() -> list[str]:
    """Private IPv4 addresses of this machine other than the loopback, in order."""
    found = {found for far in _BEYOND if (found := _way_to(far))}
    with suppress(OSError):  # a machine whose name nobody knows still has its addresses
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    return sorted(each for each in found if is_private(each) and not each.startswith("127."))


def _way_to(far: str) -> str | None:
    """Which own address a packet to there would carry; none is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((far, 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def local_name() -> str:
    """As multicast DNS knows this machine."""
    host = re.sub(r"[^a-z0-9-]", "-", socket.gethostname().split(".", maxsplit=1)[0].lower()).strip("-")
    return f"{host or 'muster'}.local"
