"""Why a command about a call-out may be refused, in words."""

from collections.abc import Mapping

from command.core.errors import Words

WORDS: Mapping[str, Words] = {
    "mobilization.unknown": Words("没有这次召集", "No such call-out", 404),
    "mobilization.over": Words("本次召集已结束，未执行", "This call-out is over; nothing was done", 409),
    "mobilization.no_needs": Words("请先填写力量需求", "Say first what is needed", 422),
    "mobilization.other": Words("该事件已有召集在进行", "The incident has a call-out already", 409),
    "call.unknown": Words("没有这次任务召集", "No such call", 404),
    "call.not_yours": Words("这不是发给您的召集", "This call is not yours", 403),
    "call.answer": Words("答复应为：我能去、去不了或晚点能到", "Answer accept, decline or later", 422),
    "call.heads": Words("人数应为1至{crew_max}", "Bring 1 to {crew_max} people", 422),
    "call.stood_down": Words("本次召集已结束，请返回", "This call-out is over; please go home", 409),
    "call.not_seated": Words("尚未确认参加，不能报告行程", "Accept first, then report", 409),
    "call.progress": Words("行程应为：已出发、已到位或可返回", "Report set_out, arrived or released", 422),
    "call.names": Words("姓名人数不能多于已确认人数", "More names than seats", 422),
    "reply.unknown": Words("没有这条回复", "No such reply", 404),
    "links.nobody": Words("没有待答复的队伍，未生成链接", "Nobody is waited for; no links were made", 409),
    "link.answered": Words(
        "队长本人或值班室已答复，未更改；如需变更请登录集结页面或致电指挥中心",
        "The leader or the desk has answered already; nothing was changed. Sign in or ring the desk to change it",
        409,
    ),
    "wave.unknown": Words("没有这一批召集", "There is no such wave", 404),
    "wave.nothing": Words("没有可再召集的队伍", "There is nobody left to call", 409),
    "incident.not_verified": Words("请先核实再召集", "Verify the report before calling out", 409),
    "incident.merge_self": Words("不能与自身合并", "It cannot be merged into itself", 422),
    "incident.people_out": Words("还有{people}人在外，请先撤收归队", "{people} people are still out; stand down first", 409),
    "availability.unknown": Words("状态应为：可召集、不在班或外出", "Availability is available, off_duty or away", 422),
    "availability.later_word": Words("本人后来另有报告，未更改", "There is a later word of theirs; nothing was changed", 409),
    "availability.until": Words("时间应晚于现在", "The time must lie ahead", 422),
    "roll.open": Words("点名已在进行，未重复发起", "A roll call is open already", 409),
    "roll.due": Words("点名时限应为1至{most}分钟", "A roll call is due within 1 to {most} minutes", 422),
    "roll.nobody": Words("没有在外人员，未发起点名", "Nobody is out; no roll was called", 409),
    "roll.none": Words("没有点名", "There is no roll call", 404),
    "roll.not_on_it": Words("该队不在点名范围内", "That crew is not on the roll", 409),
    "roll.numbers": Words("队员编号应为1至{people}，各填一次", "Number people 1 to {people}, each once", 422),
    "roll.answer": Words("点名结果应为：平安、受伤、求助或已离开", "Answer safe, hurt, help or left", 422),
    "roll.reason": Words(
        "还有{people}人没有结果，结束点名请写明原因", "{people} are still missing: say why the roll is closed", 422
    ),
    "sos.none": Words("没有进行中的紧急求助", "There is no open SOS", 404),
    "sos.taken": Words("该紧急求助已有人接手，未重复接手", "Somebody has this SOS in hand already", 409),
    "sos.not_taken": Words("请先接手再办结", "Take it first, then resolve it", 409),
    "sos.words": Words("请写明处置结果", "Say how it ended", 422),
    "order.kind": Words(
        "没有这种指令，或签收时限不在1至120分钟", "No such order, or not to be received within 1 to 120 minutes", 422
    ),
    "order.words": Words("请写明指令内容", "Say what the order is", 422),
    "order.nobody": Words("所选队伍不在途中或现场，未下达", "A crew chosen is not coming or out; nothing was ordered", 409),
    "order.unknown": Words("没有发给该队的这条指令", "No such order for this crew", 404),
    "order.receipt": Words("签收应为：收到、完成或办不到", "Receipt with received, done or cannot", 422),
    "danger.kind": Words("没有这种险情", "No such kind of danger", 422),
    "danger.unknown": Words("没有这条险情报告", "No such report of danger", 404),
    "phone.most": Words(
        "此人已绑定{most}部手机，未执行；请先解除一部", "{most} phones are bound to them already; unbind one first", 409
    ),
    "phone.not_yours": Words("这不是本人的手机，未执行", "This is not a phone of yours; nothing was done", 403),
    "phone.station": Words("此人不在本站队伍里，未执行", "They are in no team of your station; nothing was done", 403),
}
