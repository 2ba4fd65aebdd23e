"""Why a command about a drill may be refused, and what may be wrong with a drill file, in words."""

from collections.abc import Mapping

from command.core.errors import Words

WORDS: Mapping[str, Words] = {
    "scenario.faulty": Words("演练方案有{count}处不对，未采用", "The drill file has {count} faults; it was not taken", 422),
    "scenario.unknown": Words("没有这份演练方案：{scenario}", "No such drill file: {scenario}", 404),
    "drill.none": Words("本实例没有演练", "There is no drill in this realm", 404),
    "drill.exists": Words("本实例已有一场演练", "This realm holds a drill already", 409),
    "drill.over": Words("演练已结束，未执行", "The drill is over; nothing was done", 409),
    "drill.times": Words("时间不对：不能早于演练开始，也不能晚于此刻", "Not before the start, nor later than now", 422),
    "drill.reason": Words("请说明理由", "Say why", 422),
    "drill.incident": Words("没有这起事件：{name}", "No such incident: {name}", 404),
    "inject.unknown": Words("没有第{no}条情景事件", "No inject {no}", 404),
    "inject.released": Words("第{no}条已下发，不能暂缓或跳过", "Inject {no} was released already", 409),
    "inject.not_released": Words("第{no}条尚未下发", "Inject {no} was not released yet", 409),
    "measure.outcome": Words(
        "请选择结果（达到、未达到、未观察到），并写明依据", "Say met, missed or not observed, and on what grounds", 422
    ),
    "objective.unknown": Words("没有这个演练目标：{objective}", "No such objective: {objective}", 404),
    "objective.rating": Words("评定只有 P、S、M、U 四档", "A rating is P, S, M or U", 422),
    "improvement.incomplete": Words("请写明问题、措施、责任人和期限", "Say what, how, who and until when", 422),
}

FAULTS: Mapping[str, tuple[str, str]] = {
    "form": ("格式不对", "the form is wrong"),
    "empty": ("没有填写", "nothing stands here"),
    "too_large": ("文件过大", "the file is too large"),
    "unknown": ("所指不存在", "refers to what is not there"),
    "number": ("序号重复或不是正数", "a number that stands twice, or is not positive"),
    "level": ("级别应为1至4", "a level is 1 to 4"),
    "time": ("时刻应写作 时:分", "a time of day is HH:MM"),
    "never_ends": ("没有结束时间，或超过七天", "it does not end, or only after more than seven days"),
    "how_many": ("数量不对", "too few or too many"),
    "need": ("力量需求不对", "a need that cannot be"),
    "two_times": ("既写了时间又写了先后，只能写一种", "has a time and waits for another; only one can be"),
    "no_time": ("没有写什么时候下发", "does not say when it is released"),
    "before_start": ("早于演练开始", "before the start"),
    "after_end": ("晚于演练结束", "after the end"),
    "circle": ("互相等待，永远不会下发", "wait for each other, for ever"),
    "bound": ("条件应有且只有一个上限或下限", "has one bound, a least or a most"),
    "term": ("时限应大于零，且不超过演练时长", "a term is more than nothing and no longer than the drill"),
    "post": ("岗位写法不对（city、county-1、county-1/2）", "a post is city, county-1 or county-1/2"),
    "name": ("代号只能用字母、数字、- 和 _，最多60个", "a name is of letters, digits, - and _, 60 at most"),
    "range": ("数值超出范围", "a figure out of range"),
    "alias": ("不得使用锚点和引用（& 和 *）", "no anchors and aliases (& and *)"),
    "twice": ("同一项写了两次", "stands twice"),
    "deep": ("层次过深", "nested too deep"),
    "formula": ("单元格是公式，请改成文字或数字", "a formula; write words or figures"),
    "no_list": ("没有找到情景事件清单", "no list of scenario events was found"),
    "minutes": ("时间应写作分钟（12、T+12）或 时:分", "minutes (12, T+12) or hours:minutes"),
    "off_city": ("地点不在城市范围内", "a place that is not in the city"),
}
