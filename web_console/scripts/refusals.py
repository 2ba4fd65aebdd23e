"""Why something asked of the shelf of drill files may be refused, in words."""

from collections.abc import Mapping

from command.core.errors import Words

SCRIPT_WORDS: Mapping[str, Words] = {
    "script.unknown": Words("没有这份方案：{script}", "No such drill file: {script}", 404),
    "script.changed": Words(
        "这份方案刚被别人改过，未保存；您的改动还在本页，可另存一份",
        "Somebody else changed this drill meanwhile; nothing was saved. Yours is still on this page: save it as another",
        409,
    ),
    "script.shipped": Words("自带方案不能改动，请先复制一份", "Drills that come along stay as they are: copy it first", 409),
    "script.id": Words(
        "代号只能用字母、数字、- 和 _（最多60个），且与方案内的代号一致",
        "An id is of letters, digits, - and _, 60 at most, and the same as in the file",
        422,
    ),
    "script.full": Words("方案已有{most}份，请先删除不用的", "There are {most} drills already: delete some first", 409),
    "script.no_city": Words("虚构城市没有生成，请再试一次", "The fictional city was not made; try again", 503),
    "script.realm": Words(
        "演练实例里不编写方案，请到实战实例的导调页", "Drills are written in the live realm, not in a drill", 404
    ),
}
