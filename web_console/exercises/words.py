"""Heads of the tables in the file of an exercise."""

ATTENDANCE = ("编号 id", "姓名 name", "登录 signed in", "答复 answered", "到位 arrived", "已登记培训 training recorded")
OBJECTIVES = ("目标 objective", "评定 rating", "建议 proposed", "依据 basis")
NOTICE_ROWS = ("批准人 approved by", "安全官 safety officer", "中止规则 stop rules", "事先知情 told beforehand")
RATED = "未评定 not rated"
YES = "是 yes"
