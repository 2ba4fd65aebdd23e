"""Why a command about an incident may be refused, in words."""

from collections.abc import Mapping

from command.core.errors import Words

WORDS: Mapping[str, Words] = {
    "incident.unknown": Words("没有这起事件", "No such incident", 404),
    "incident.exists": Words("该事件编号已存在", "This incident already exists", 409),
    "incident.over": Words("事件已结束，未执行", "The incident is over; nothing was done", 409),
    "incident.stage": Words("当前阶段不能这样变更，未执行", "It cannot go to that stage from here", 409),
    "incident.not_reversible": Words("没有可撤回的处理", "There is nothing to take back", 409),
    "incident.too_late": Words("已超过可撤回时限（24小时），未执行", "Too late to take back (24 h)", 409),
    "incident.category": Words("没有这个事件类别", "No such category", 422),
    "incident.severity": Words("事件级别应为1至4", "Severity must be 1 to 4", 422),
    "place.off_city": Words("坐标不在本市范围，未登记", "The place is outside the city; nothing was recorded", 422),
    "place.swapped": Words("经纬度似乎填反了，未登记", "Longitude and latitude seem swapped; nothing was recorded", 422),
    "place.township": Words("所选乡镇不在该县区内，未登记", "That township is not in the county found", 422),
    "place.pending": Words("位置待定，请联系值班室确认", "The place is not known yet: ask the duty room", 409),
    "place.no_division": Words(
        "没有这个区划，或不知道它在哪里，未登记", "No such division, or nothing is known of where it is", 422
    ),
    "place.area": Words(
        "范围应为不自交的多边形（3至200个点），且不能用于私宅",
        "An area is a ring of 3 to 200 corners that do not cross, and no private home",
        422,
    ),
    "place.crs": Words("坐标系应为 wgs84、gcj02、bd09 或 cgcs2000", "The datum is wgs84, gcj02, bd09 or cgcs2000", 422),
    "need.bounds": Words("力量需求人数不合理：至少≥1且不多于最多", "A need wants 1 <= minimum <= maximum", 422),
    "need.twice": Words("同一专业重复填写", "A speciality is named twice", 422),
    "need.speciality": Words("没有这个专业", "No such speciality", 422),
    "warning.unknown": Words("没有这条预警", "No such warning", 404),
    "warning.exists": Words("该预警已登记", "This warning is entered already", 409),
    "warning.over": Words("预警已解除或到期，未执行", "This warning is over; nothing was done", 409),
    "warning.incomplete": Words(
        "预警应有种类、级别、区域和发布单位", "A warning wants a kind, a level, divisions and who issued it", 422
    ),
    "warning.times": Words(
        "发布时间不能在将来；失效时间应在将来7天内", "Issued not in the future; expiring within 7 days from now", 422
    ),
    "warning.tier": Words("预警由市、县值班室登记", "Warnings are entered by city and county", 403),
    "zone.unknown": Words("没有这处危险区或道路中断", "No such danger area or closed road", 404),
    "zone.exists": Words("该处已登记", "It is marked already", 409),
    "zone.over": Words("该处已解除，未执行", "It is over; nothing was done", 409),
    "zone.area": Words(
        "范围应为本市内不自交的多边形（3至200个点）", "An area is a ring of 3 to 200 corners in the city that do not cross", 422
    ),
    "zone.no_road": Words(
        "附近没有可这样通行的路，请换一处，或画范围",
        "No road near there is open to what was named: choose another place, or draw an outline",
        422,
    ),
    "zone.what": Words("请选择是什么危险或中断原因", "Say what danger it is, or why the road is closed", 422),
    "zone.shuts": Words("请选择哪些方式不能通行", "Say which ways of travel do not get through", 422),
    "zone.depth": Words("水深应为0至3000厘米", "The depth is 0 to 3,000 cm", 422),
    "zone.times": Words(
        "复查和结束时间应在将来30天内；危险区不会到时自动解除",
        "Times lie within 30 days ahead; a danger area does not end by itself",
        422,
    ),
    "lead.already": Words("指挥权已在该级", "That post already has the lead", 409),
    "lead.not_above": Words("只有上级可以提级指挥", "Only a tier above can take over", 403),
    "lead.not_below": Words("只能交还给辖区内下级", "The lead goes back only to a post below", 422),
    "lead.not_offered": Words("上级尚未提出交还", "It was not offered back", 409),
    "response.exists": Words("该响应编号已存在", "This response already exists", 409),
    "response.unknown": Words("没有这项应急响应", "No such response", 404),
    "response.ended": Words("该响应已终止", "That response has ended", 409),
    "response.level": Words("响应级别应为1至4", "A level must be 1 to 4", 422),
    "by_order.missing": Words("请填写依据：下令单位，以及文号或口头指示", "Say by whose order: body, and document or oral", 422),
}
