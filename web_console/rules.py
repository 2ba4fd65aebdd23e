"""What a realm's engine is taught, by the kind of the realm."""

from command.core.facts import Rules, join
from command.core.realm_facts import REALM_RULES
from drills.conduct import RULES as CONDUCT_RULES
from incidents import RULES as INCIDENT_RULES
from mobilization import RULES as MOBILIZATION_RULES

RULES = join(REALM_RULES, INCIDENT_RULES, MOBILIZATION_RULES)
DRILL_RULES = join(RULES, CONDUCT_RULES)
"""A realm of kind drill knows its drill as well; no other realm has ever heard of one."""


def rules_of(kind: str) -> Rules:
    return DRILL_RULES if kind == "drill" else RULES
