"""What a drill may ask of the system that it cannot carry yet. A measure that rests on one is scored by a person, and listed so.

`nouns`: how facts of the ability will be named once it exists. A test fails as soon as the engine knows a fact of such a noun
while a shipped inject is still scored by hand for the lack of it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Ability(NamedTuple):
    zh: str
    en: str
    nouns: tuple[str, ...]


ABILITIES: Mapping[str, Ability] = MappingProxyType({
    "cap": Ability("预警以 CAP 接入", "warnings in CAP", ("cap",)),
    "availability_survey": Ability("可用性征询与待命令", "asking who is available, standing by on order", ("survey", "readiness")),
    "requests": Ability("层级间资源请求", "requests for resources between tiers", ("request",)),
    "reports": Ability("信息报送（初报、续报、终报）", "formal reports", ("report",)),
    "household_lists": Ability("转移对象与住户名册", "lists of households", ("household",)),
    "outside_teams": Ability("外来队伍报备", "teams from outside", ("outside_team",)),
    "uplink_loss": Ability("断网分片与合并裁决", "loss of the uplink and merging after it", ("uplink", "merge_conflict")),
    "failover": Ability("主备接管", "failover to another machine", ("failover",)),
    "destruction": Ability("依法销毁", "destruction by law", ("destruction",)),
    "shifts": Ability("轮换与工时、高温规则", "shifts, working hours and rules for heat", ("shift",)),
    "reception": Ability("自发志愿者接待登记", "reception of spontaneous volunteers", ("reception", "walk_in")),
    "public_information": Ability("信息发布与舆情", "information for the public", ("public_notice",)),
    "hours": Ability("服务时长核算", "accounting of service hours", ("hours",)),
    "injuries": Ability("伤情、保险与家属通知", "injuries, insurance and telling the family", ("injury",)),
    "misuse": Ability("导出告警与处置", "alarms about misuse of data", ("misuse",)),
    "peacetime_orders": Ability("平时订单召回", "recall of peacetime orders", ("service_order",)),
    "delivery": Ability("短信送达回执", "delivery receipts of texts", ("delivery",)),
    "equipment": Ability("装备发放与归还", "equipment given out and back", ("equipment",)),
})  # fmt: skip
