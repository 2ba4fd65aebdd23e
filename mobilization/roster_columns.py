"""The columns of people and of teams: what they are called, by us and by those who keep lists of them."""

from command.core.errors import Words
from command.tiers.books.columns import Column, Kind

PEOPLE = Kind("people", (
    Column("id", "code", Words("编号", "id"), ("志愿者编号", "人员编号", "volunteer no")),
    Column("name", "name", Words("姓名", "name"), ("名字", "志愿者姓名", "队员姓名"), needed=True),
    Column("phone", "phone", Words("手机", "phone"), ("电话", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "mobile"), needed=True),
    Column("identity", "identity", Words("身份证号", "identity number"), ("身份证", "身份证号码", "证件号码", "证件号")),
    Column("birth_date", "date", Words("出生日期", "birth date"), ("出生年月日", "生日", "birthday", "birth_date")),
    Column("division", "code", Words("区划代码", "division"), ("居住区划代码",)),
    Column("station", "code", Words("站点", "station")),
    Column("insured_until", "date", Words("保险到期", "insured until"), ("保险到期日", "保险到期日期", "保险截止", "保险有效期", "insured_until")),
    Column("credentials", "text", Words("证书", "credentials"), ("资质", "资格证书")),
    Column("simulated", "text", Words("模拟", "simulated")),
), frozenset({"name", "phone", "identity", "birth_date"}))  # fmt: skip

TEAMS = Kind("teams", (
    Column("id", "code", Words("编号", "id"), ("队伍编号",)),
    Column("name", "name", Words("队伍名称", "name"), ("名称", "队名", "队伍"), needed=True),
    Column("name_en", "text", Words("英文名", "English name"), ("name_en",)),
    Column("speciality", "text", Words("专业", "speciality"), ("专业类别", "服务类别", "队伍专业"), needed=True),
    Column("kind", "text", Words("类别", "kind")),
    Column("station", "code", Words("站点", "station")),
    Column("division", "code", Words("区划代码", "division")),
    Column("lon", "text", Words("经度", "lon")),
    Column("lat", "text", Words("纬度", "lat")),
    Column("minimum_crew", "number", Words("最少出动", "minimum crew"), ("最少出动人数", "minimum_crew")),
    Column("size", "number", Words("人数", "size"), ("队员人数", "总人数", "队伍人数")),
    Column("leader", "name", Words("队长", "leader"), ("负责人", "队长姓名", "队伍负责人"), needed=True),
    Column("deputies", "list", Words("副队长", "deputies"), ("副队长姓名",)),
    Column("members", "list", Words("队员", "members"), ("队员名单", "成员")),
    Column("simulated", "text", Words("模拟", "simulated")),
), frozenset({"name", "speciality", "leader", "members"}))  # fmt: skip

IN_TEAM = (
    Column("team", "list", Words("所属队伍", "team"), ("队伍", "所在队伍", "队伍名称", "所属服务队", "所属志愿服务队", "服务队")),
    Column("rank", "list", Words("队内职务", "rank"), ("队内职责", "队内角色", "队内身份", "rank in team")),
)  # fmt: skip
"""Of people in a keeper's list, beside the columns of `muster import`: which teams somebody is in, and as what."""

KINDS = (PEOPLE, TEAMS)
KIND = {kind.name: kind for kind in KINDS}
