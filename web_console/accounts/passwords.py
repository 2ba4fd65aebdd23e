"""What may be a password."""

from command.core.errors import Refused

DEMO_PASSWORD = "demo-only"  # noqa: S105 -- printed for everyone; accounts that have it exist in a demo realm alone
LEAST = 8


def check_password(password: str) -> str:
    """The password, if somebody may choose it; refused when it is short or known to all."""
    if len(password) < LEAST or password == DEMO_PASSWORD:
        raise Refused("session.password", least=LEAST)
    return password
