"""Whether watches are kept in a realm at all: from the first watch that is taken anywhere, posts without one are unheld."""

from command.core.facts import Look
from command.tiers.divisions import is_post

WATCHES = "watches"
"""The key under which every taking of a watch is filed."""


def waits_on_watch(look: Look, post: str) -> bool:
    """Whether what is asked of `post` must be heard there in time: recorded with the asking."""
    return is_post(post) and look(WATCHES) is not None
