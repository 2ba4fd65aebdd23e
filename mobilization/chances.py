"""How many offers to hold open: enough that the people who say yes suffice with a stated probability.

The number of people promised by independent offers is a Poisson-binomial sum weighted by crew size (domain.md 5.2).
"""

from collections.abc import Iterable, Sequence

ASSUMED_CHANCE = 0.5
ASSUMED_SOURCE = "assumed"
ENOUGH = 0.9
OPEN_AT_LEAST = 3


def chance_of_enough(offers: Iterable[tuple[int, float]], wanted: int) -> float:
    """P(people promised >= wanted) when each offer brings its crew with its chance.

    >>> round(chance_of_enough([(1, 0.5)] * 4, 1), 4)
    0.9375
    """
    return 1.0 - sum(_below(offers, wanted))


def expected_people(offers: Iterable[tuple[int, float]], seats: int) -> float:
    """How many of `seats` are taken on average; who comes beyond them stands by.

    >>> expected_people([(4, 0.5), (4, 0.5)], 4)
    3.0
    """
    return seats - sum((seats - people) * chance for people, chance in enumerate(_below(offers, seats)))


def _below(offers: Iterable[tuple[int, float]], wanted: int) -> list[float]:
    """P(people promised = n) for each n below `wanted`."""
    below = ([1.0] + [0.0] * max(wanted - 1, 0))[: max(wanted, 0)]
    for crew, chance in offers:
        below = [
            below[people] * (1 - chance) + (below[people - crew] * chance if people >= crew else 0.0)
            for people in range(len(below))
        ]
    return below


def is_enough(already_open: Sequence[int], wanted: int) -> bool:
    """Whether those offers (crew sizes) suffice: at least three, and likely enough people among them; of no one wanted, none do."""
    if wanted <= 0:
        return True
    offers = [(crew, ASSUMED_CHANCE) for crew in already_open]
    return len(offers) >= OPEN_AT_LEAST and chance_of_enough(offers, wanted) >= ENOUGH
