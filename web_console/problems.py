"""Errors as people and programs read them: RFC 9457, one shape, a stable code, Chinese first."""

import string
from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

import incidents
import mobilization
from command.core.errors import WORDS as CORE_WORDS
from command.core.errors import Bug, MusterError, Words
from command.tiers.authority import WORDS as AUTHORITY_WORDS
from command.tiers.rows import WORDS as ROW_WORDS
from drills.conduct import WORDS as DRILL_WORDS
from drills.reports import WORDS as REPORT_WORDS
from mobilization.training import TRAINING_WORDS
from web_console.exercises.refusals import EXERCISE_WORDS
from web_console.scripts.refusals import SCRIPT_WORDS

TYPE_ROOT = "https://muster.invalid/errors/"

HTTP_WORDS: Mapping[str, Words] = {
    "body.json": Words("内容不是有效的 JSON，未执行", "The body is not valid JSON; nothing was done", 400),
    "body.field": Words("字段“{field}”不对：{detail}", "Field {field}: {detail}", 422),
    "body.too_large": Words("内容过大（最多{most}字节），未执行", "The body is larger than {most} bytes", 413),
    "body.photo": Words("照片应为 JPEG 或 PNG，且能打开", "A photo must be a readable JPEG or PNG", 422),
    "way.mode": Words("现有路网中没有这种走法的路", "None of the roads that are known is open to this way of travel", 422),
    "query.field": Words("参数“{field}”不对", "Parameter {field} is missing or wrong", 422),
    "session.none": Words("请先登录", "Sign in first", 401),
    "session.wrong": Words("账号或密码不对", "Wrong login or password", 401),
    "session.slow": Words("尝试过多，请稍后再试", "Too many tries; wait a little", 429),
    "session.password": Words(
        "密码至少{least}位，且不能用演示密码", "At least {least} characters, and not the demo's password", 422
    ),
    "session.code": Words(
        "口令不对、已用过或已过期，请向管理员重新索取", "This code is wrong, used or expired; ask for a new one", 401
    ),
    "session.link": Words(
        "链接不对、已用过或已过期（24小时内有效，只能用一次），请联系本站管理员或值班室重新索取",
        "This link is wrong, used or expired (good once, for 24 h); ask your station's keeper or the duty room for a new one",
        401,
    ),
    "account.login": Words("这个账号已属于别人", "This login belongs to somebody else", 409),
    "account.unknown": Words("名册里没有：{subject}", "Not in the registry: {subject}", 404),
    "erase.unknown": Words("没有“{subject}”，未销毁任何内容", "There is no {subject}; nothing was erased", 404),
    "session.origin": Words("请求来源不对，未执行", "Wrong origin; nothing was done", 403),
    "session.role": Words("本账号不能这样操作，未执行", "This account may not do that", 403),
    "topic.forbidden": Words("无权查看", "This topic is not yours", 403),
    "topic.too_many": Words("同时查看的范围过多（最多{most}个）", "Too many topics at once, at most {most}", 400),
    "frame.malformed": Words("收到的消息无法识别，未执行", "The message cannot be read; nothing was done", 400),
    "frame.too_fast": Words("消息过于频繁，连接已断开", "Too many messages a second; the connection was closed", 429),
    "frame.too_many": Words("一条消息里编号过多（最多{most}个），未执行", "Too many ids in one message, at most {most}", 400),
    "drill.no_clock": Words("本演练的时钟不由本页控制", "The clock of this drill is not turned here", 409),
    "measure.unknown": Words("第{no}条没有这项衡量标准", "Inject {no} has no such measure", 404),
    "wall.unknown": Words("没有这个大屏链接", "No such wall link", 404),
    "wall.over": Words("大屏链接已到期或已撤销", "This wall link has run out or was revoked", 401),
    "wall.tier": Words("大屏链接由市、县值班室发放", "Wall links are given by city and county", 403),
    "page.unknown": Words("没有这个页面", "No such page", 404),
    "page.method": Words("不支持这种请求方式", "Method not allowed", 405),
    "map.unknown": Words("没有这个图层", "No such layer", 404),
    "forecast.busy": Words("正在推演另一次，请稍候再试", "Another forecast is being worked out; try again soon", 429),
    "forecast.failed": Words("推演未完成，未影响任何指令", "The forecast was not finished; nothing else was touched", 503),
    "forecast.moment": Words(
        "不能推演未到的时刻，也不能推演没有记录的时刻",
        "No moment that has not come, nor one before the log, can be played on",
        404,
    ),
    "forecast.position": Words("没有这一时刻的记录：{position}", "No such moment in the log: {position}", 404),
    "photo.unknown": Words("没有这张照片", "No such photo", 404),
    "survey.basis": Words("没有导入这项数据，无法按它计算", "That was not brought in, so nothing can be counted by it", 409),
    "siting.k": Words("数量应为1至{most}", "From 1 to {most}"),
    "siting.no_ground": Words(
        "本辖区没有边界数据，无法计算；请先导入边界", "No boundaries are known here; bring them first", 409
    ),
    "siting.no_roads": Words(
        "没有道路数据，无法按车程选址；请先导入道路", "No roads are known, so nothing can be said by road; bring them first", 409
    ),
    "siting.few_places": Words(
        "本辖区可选的站点和常用地点只有{places}处，不够", "Only {places} stations and saved places to choose from, too few"
    ),
    "division.unknown": Words("没有这个区划：{division}", "No such division: {division}", 422),
    "import.station": Words(
        "只能导入本站点（或本级所辖站点）的人员和队伍；未导入",
        "Only the own station's people and teams, or those of a station in your division",
        403,
    ),
    "import.gone": Words(
        "这份草稿已过期或不是您的，请重新选择文件", "This draft has expired or is not yours: choose the file again", 404
    ),
    "import.done": Words("这份文件已导入；如有改动请重新选择文件", "This file is imported already; choose a file again", 409),
    "import.columns": Words(
        "同一项对应了两列，或该表没有这一项；未更改", "One item stands for two columns, or this sheet has no such item", 422
    ),
    "import.leads": Words(
        "{team}还由此人任队长，请先更换队长；未导入", "This person still leads {team}: name another leader first", 409
    ),
    "import.not_leaving": Words(
        "所选人员不在离站建议之列；未导入", "Somebody ticked is not among those proposed as leaving", 422
    ),
    "replay.busy": Words(
        "同时回放的最多{most}处，请稍后再试；处置不受影响",
        "At most {most} replay at once; try again later. Work goes on as ever",
        429,
    ),
    "replay.preparing": Words("正在整理历史记录，还差{left}段", "The past is being made ready, {left} parts to go", 503),
    "replay.nothing": Words("这段时间没有记录", "Nothing was recorded in that time", 404),
    "person.unknown": Words("没有这个人", "No such person", 404),
    "realm.kind": Words("这是{kind}实例，不能这样打开", "This realm is of the kind {kind}; it is not opened this way", 409),
    "restore.other_city": Words(
        "这是 {city} 的备份，而这里的实例属于 {instead}；未恢复，原实例未动",
        "This is a backup of {city}, the realm here is of {instead}; nothing was touched",
        409,
    ),
    "vault.key_missing": Words(
        "主密钥文件不见了：{path}。密钥库要用原来的主密钥，不会另造一个；未执行",
        "The master key file is gone: {path}. The vault needs that very key, no other is made; nothing was done",
        500,
    ),
    "link.unknown": Words(
        "链接不对，请核对是否复制完整，或致电指挥中心", "This link is wrong: was it copied whole? Else ring the desk", 404
    ),
    "link.expired": Words(
        "链接已过期，未记录；请登录集结页面或致电指挥中心", "This link has run out; sign in or ring the desk", 410
    ),
    "link.over": Words("本次召集已结束，不用前往，感谢响应", "This call-out is over, no need to come. Thank you", 410),
    "link.slow": Words("操作过于频繁，请过一分钟再试", "Too often; try again in a minute", 429),
    "gateway.secret": Words("网关口令不对", "The gateway's secret is wrong", 401),
    "gateway.slow": Words("过于频繁，请稍后再送", "Too often; bring it again later", 429),
    "position.not_yet": Words("数据还未更新到该位置，请重试", "That position is not reached yet; try again", 503),
}

ALL_WORDS: Mapping[str, Words] = {
    **CORE_WORDS,
    **AUTHORITY_WORDS,
    **incidents.WORDS,
    **mobilization.WORDS,
    **mobilization.WATCH_WORDS,
    **TRAINING_WORDS,
    **EXERCISE_WORDS,
    **ROW_WORDS,
    **REPORT_WORDS,
    **DRILL_WORDS,
    **SCRIPT_WORDS,
    **HTTP_WORDS,
}

_TIERS = {
    "province": ("省级", "province"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "township": ("乡级", "township"),
}
_LEVELS = {1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ"}


class At(msgspec.Struct, frozen=True):
    """Where in the request: a field's path."""

    field: str
    detail: str


def problem(error: MusterError, *, at: At | None = None) -> dict[str, object]:
    """The one shape of every error."""
    words = ALL_WORDS.get(error.code, ALL_WORDS["internal.error"])
    shape: dict[str, object] = {
        "type": TYPE_ROOT + error.code, "title": _filled(words.zh, error.facts, 0), "title_en": _filled(words.en, error.facts, 1),
        "status": words.status, "code": error.code, "facts": {} if isinstance(error, Bug) else error.facts,
    }  # fmt: skip
    return shape if at is None else {**shape, "at": [{"field": at.field, "detail": at.detail}]}


def respond(error: MusterError, *, at: At | None = None) -> Response:
    shape = problem(error, at=at)
    headers = {"Retry-After": "1"} if shape["status"] == 503 else {}  # noqa: PLR2004 -- HTTP
    body = msgspec.json.encode(shape)
    return Response(body, status_code=int(str(shape["status"])), media_type="application/problem+json", headers=headers)


async def on_error(_request: Request, error: Exception) -> Response:
    """FastAPI's handler for every MusterError."""
    return respond(error if isinstance(error, MusterError) else MusterError())


def _filled(template: str, facts: Mapping[str, object], language: int) -> str:
    """The template with its facts in words; a fact that is missing stays out of sight."""
    names = [name for _, name, _, _ in string.Formatter().parse(template) if name]
    return template.format(**{name: _in_words(name, facts.get(name, "…"), language) for name in names})


def _in_words(name: str, value: object, language: int) -> object:
    if name in ("who_may", "by") and isinstance(value, str):
        return _TIERS.get(value, (value, value))[language]
    return _LEVELS.get(value, value) if name == "level" and isinstance(value, int) else value
