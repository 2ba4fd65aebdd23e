"""The rules of the whole house, as assembly joins them; with those of drills, which only drill realms know."""

from command.core.facts import Rules, join
from command.core.realm_facts import REALM_RULES
from drills.conduct import RULES as CONDUCT_RULES
from incidents import RULES as INCIDENT_RULES
from mobilization import RULES as MOBILIZATION_RULES

HOUSE: Rules = join(REALM_RULES, INCIDENT_RULES, MOBILIZATION_RULES, CONDUCT_RULES)
