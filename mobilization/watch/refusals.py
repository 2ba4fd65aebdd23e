"""Why a command about the watch may be refused, in words."""

from collections.abc import Mapping

from command.core.errors import Words

WATCH_WORDS: Mapping[str, Words] = {
    "watch.held": Words(
        "本岗位已有人值班，未接班；请由对方交班，或由带班领导接班", "Somebody holds this watch: it is handed over, or a watch leader takes it", 409
    ),
    "watch.elsewhere": Words("您还在另一岗位值班，请先结束", "You hold another post's watch; end it first", 409),
    "watch.not_yours": Words("您不在值班，未执行", "You do not hold this watch; nothing was done", 409),
    "watch.unheld": Words("本岗位无人值班，未登记；请先接班", "Nobody holds this watch, nothing was entered; take it first", 409),
    "watch.leader": Words("值班员本人不能再登记为带班领导", "Who holds the watch is not its leader too", 422),
    "watch.until": Words("值班应在{hours}小时内结束，且不早于现在", "A watch ends within {hours} hours, and not before now", 422),
    "watch.to": Words("只能交给本岗位的其他值班人员", "Hand over to another officer of this post", 422),
}  # fmt: skip
