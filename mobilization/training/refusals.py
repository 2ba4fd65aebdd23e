"""Why a command about exercises may be refused, in words."""

from collections.abc import Mapping

from command.core.errors import Words

TRAINING_WORDS: Mapping[str, Words] = {
    "consent.time": Words(
        "请选择同意参加演练的起止时间：晚于现在，最长{days}天",
        "Say from when to when, in time to come and no longer than {days} days",
        422,
    ),
    "consent.hours": Words("时段应在0时至24时之间", "Hours of the day are from 0 to 24", 422),
    "consent.times": Words("次数应为1至{most}次", "Once to {most} times", 422),
    "consent.who": Words("代为登记请写明是谁说的", "Noted for somebody: say who said it", 422),
    "exercise.nobody": Words(
        "这段时间没有人同意参加演练，未建立", "Nobody agreed to an exercise at that time; none was made", 409
    ),
    "exercise.time": Words(
        "演练应晚于现在开始，并晚于开始时间结束", "An exercise begins in time to come and ends after it began", 422
    ),
    "exercise.exists": Words("已有这场演练：{exercise}", "There is an exercise of this name: {exercise}", 409),
    "exercise.unknown": Words("没有这场演练", "No such exercise", 404),
    "exercise.not_over": Words("演练尚未结束，未执行", "The exercise is not over; nothing was done", 409),
    "training.not_proposed": Words(
        "还没有参演名单，或所选人员不在名单上", "There is no list yet, or somebody chosen is not on it", 409
    ),
    "training.recorded": Words("已登记过，未重复登记", "It was recorded already; nothing was done", 409),
}
