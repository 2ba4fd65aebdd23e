"""What the log hears of the registry."""

from command.core.realm_facts import Note, RegistryChanged, RegistryImported
from command.tiers.registry import Change


def relayed(change: Change) -> Note:
    """A line of the outbox as the command that records it."""
    if change.kind != "import":
        return Note(fact=RegistryChanged(kind=change.kind, id=change.id, rev=change.rev))
    first = change.first_rev or change.rev
    kind = change.id.partition(" ")[0]
    return Note(fact=RegistryImported(batch=change.id, kind=kind, first_rev=first, last_rev=change.rev, counts=change.counts))
