"""Decisions about where an incident is, once more is known; and who outside knows of it."""

from collections.abc import Iterator

from command.core.facts import Fact, Look, Moment, Sealed
from incidents.commands import InformServices, SetPlace
from incidents.deciding import acts_on, check_fresh, check_lead, find_open, said_of
from incidents.facts import PlaceSet, ServicesInformed
from incidents.leading import default_lead


def set_place(look: Look, command: SetPlace, moment: Moment) -> Iterator[Fact | Sealed]:
    """Within the post's own division, before and after: over its border a post above moves it. The default lead goes along, unless
    somebody took the lead."""
    state = find_open(look, command.incident)
    check_lead(acts_on(moment.authority, state.place), state)
    acts_on(moment.authority, command.place)
    check_fresh(state, command.screen_position)
    said = said_of(command)
    if command.place == state.place and not said:
        return
    was = (*state.place.path, *state.place.spans)
    lead = state.lead if state.lead_taken else default_lead(command.place)
    fact = PlaceSet(incident=state.id, place=command.place, was=was, lead=lead)
    yield Sealed(fact, f"incident:{state.id}", said) if said else fact


def inform(look: Look, command: InformServices, moment: Moment) -> Iterator[Fact]:
    """Each service is told once."""
    state = find_open(look, command.incident)
    acts_on(moment.authority, state.place)
    told = {each.service for each in state.informed}
    fresh = tuple(service for service in command.services if service not in told)
    if fresh:
        yield ServicesInformed(incident=state.id, services=fresh)
