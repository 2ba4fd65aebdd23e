"""A new incident rings at every desk of a post until one of its officers has heard it: once a post, not once a desk."""

from collections.abc import Iterator

from command.core.facts import Fact, Look, Moment
from incidents.commands import AcknowledgeAlarms
from incidents.deciding import acts_on, find
from incidents.facts import AlarmAcknowledged


def acknowledge(look: Look, command: AcknowledgeAlarms, moment: Moment) -> Iterator[Fact]:
    """Of a hundred alarms in one press, those that this post had not heard yet."""
    found = [find(look, incident) for incident in dict.fromkeys(command.incidents)]
    posts = {acts_on(moment.authority, each.place) for each in found}
    for post in sorted(posts):
        fresh = tuple(each.id for each in found if post not in each.heard_by)
        if fresh:
            yield AlarmAcknowledged(post=post, incidents=fresh)
