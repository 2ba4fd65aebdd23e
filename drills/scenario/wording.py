"""Codes of a drill file in words."""

from collections.abc import Mapping
from types import MappingProxyType

Both = tuple[str, str]
"""Chinese, English."""
KINDS: Mapping[str, Both] = MappingProxyType({
    "contextual": ("背景情景", "contextual"), "expected": ("预期行动", "expected action"), "contingency": ("备用情景", "contingency"),
})  # fmt: skip
MODES: Mapping[str, Both] = MappingProxyType({
    "phone": ("电话", "telephone"), "app": ("应用", "app"), "sms": ("短信", "text message"), "radio": ("对讲", "radio"),
    "paper": ("纸质", "paper"), "mail": ("邮件", "mail"), "cap": ("CAP预警", "CAP"), "system": ("系统", "system"),
    "report": ("报告", "report"), "wechat": ("微信", "WeChat"), "social": ("社媒", "social media"), "meeting": ("会议", "meeting"),
    "on_site": ("现场", "on the spot"), "transfer": ("119转接", "passed on by 119"),
})  # fmt: skip
"""How an inject reaches its players."""
FORMS: Mapping[str, Both] = MappingProxyType({
    "tabletop": ("桌面", "tabletop"), "command_post": ("指挥所", "command post"), "functional": ("功能", "functional"),
    "full_scale": ("全面实战", "full scale"), "drill": ("单项实战", "drill"),
})  # fmt: skip
AIMS: Mapping[str, Both] = MappingProxyType({
    "testing": ("检验性", "testing"), "showing": ("示范性", "showing"), "research": ("研究性", "research"),
})  # fmt: skip
