"""What a post may do by itself, by a shipped table; and how a refusal says who may.

Facts of refusals are codes (`who_may`: a tier); the words for them are put in where the refusal is rendered.
"""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

from command.core.errors import Refused, Words
from command.core.facts import Authority
from command.tiers.divisions import Tier, covers, tier_of

WORDS: Mapping[str, Words] = {
    "authority.none": Words("未登录值班岗位，未执行", "No post is on duty here; nothing was done", 403),
    "authority.division": Words("事发地不在本级辖区，未执行；请报{who_may}", "Outside your division; ask {who_may}", 403),
    "authority.size": Words(
        "召集{people}人超出本级权限（{most_people}人），已不能直接召集，请报{who_may}",
        "{people} people is beyond your {most_people}; ask {who_may}", 403,
    ),
    "authority.level": Words(
        "本级无权启动{level}级响应，由{by}启动，请报{who_may}", "Level {level} is for the {by} to start; report to {who_may}", 403
    ),
    "authority.role": Words("本岗位无此权限，未执行", "Your role may not do this", 403),
    "authority.lead": Words("指挥权在{who_may}，未执行", "{who_may} has the lead; nothing was done", 403),
    "authority.ordered_above": Words(
        "本次召集由{who_may}下令，本级不能变更，未执行；请报{who_may}", "Ordered by {who_may}, not yours to change; ask {who_may}", 403
    ),
}  # fmt: skip


COMMANDING = frozenset({"duty_officer", "watch_leader"})
"""Roles that command. Others look on."""


class Rule(NamedTuple):
    """One standing rule. `most_people` bounds a call-out, `gravest_level` a response (1 is gravest)."""

    id: str
    act: str
    tier: str
    most_people: int = 0
    scope: str = "division"
    gravest_level: int = 5


_TABLE = tomllib.loads(files("command.tiers").joinpath("data/authority.toml").read_text("utf-8"))
PLAN_ABOVE: int = _TABLE["plan_above_people"]
"""Above so many people an order from a report is shown as a plan first."""


def _load() -> Mapping[tuple[str, str], Rule]:
    rules = [Rule(**row) for row in _TABLE["rule"]]
    return MappingProxyType({(rule.act, rule.tier): rule for rule in rules})


RULES = _load()


def post_of(authority: Authority | None) -> str:
    """The division code of the acting post. Refused when nobody's authority stands behind the command."""
    if authority is None or not authority.post:
        raise Refused("authority.none")
    return authority.post


def within(authority: Authority | None, division: str) -> str:
    """The acting post, which must cover `division`."""
    post = post_of(authority)
    if authority is None or authority.role not in COMMANDING:
        raise Refused("authority.role")
    if not covers(post, division):
        raise Refused("authority.division", who_may=tier_above(post).value, division=division)
    return post


def rule_to_call(post: str, people: int) -> Rule | None:
    """The standing rule under which `post` may call `people`; None when that is for the tier above."""
    rule = RULES.get(("call", tier_of(post).value))
    return rule if rule is not None and people <= rule.most_people else None


def limit_to_call(post: str) -> int:
    """The most people `post` may call by itself."""
    rule = RULES.get(("call", tier_of(post).value))
    return rule.most_people if rule is not None else 0


def check_level(post: str, level: int) -> Rule:
    """The rule under which `post` may start a response at `level`, or a refusal that says who may."""
    rule = RULES.get(("activate", tier_of(post).value))
    if rule is None or level < rule.gravest_level:
        starts = {4: Tier.COUNTY, 3: Tier.CITY}.get(level, Tier.PROVINCE)
        raise Refused("authority.level", level=level, by=starts.value, who_may=tier_above(post).value)
    return rule


def tier_above(post: str) -> Tier:
    """The tier that the next request goes to; the city asks the province."""
    above = {Tier.TOWNSHIP: Tier.COUNTY, Tier.COUNTY: Tier.CITY}
    return above.get(tier_of(post), Tier.PROVINCE)
