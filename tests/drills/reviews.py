"""Made-up reviews: one with everything a review can hold, one with nothing, one that is too long for its columns."""

from drills.review.shape import (
    ComparisonRow,
    Curve,
    Evidence,
    Headline,
    Improvement,
    InjectRow,
    MapPicture,
    Mark,
    MeasureRow,
    ObjectiveRow,
    Review,
    Sentence,
    Series,
    WaveRow,
    Words,
)  # fmt: skip

BEGAN_MS = 1_784_033_340_000  # 2026-07-14 20:49 in Beijing
SHARP = "R&D <b>队</b> \"一\" 'x' </style><script>alert(1)</script>"
"""Words that would be markup, were they not escaped."""


def both(zh: str, en: str) -> Words:
    return Words(zh, en)


def rich(*, is_exercise: bool = True) -> Review:
    return Review(
        title=both("云江超警戒防汛应急志愿服务功能演练", "Flood above the warning stage on the Yun: functional exercise"),
        is_exercise=is_exercise,
        form=both("功能演练·综合·检验性", "Functional, comprehensive, testing"),
        where=both("云江市应急志愿服务指挥协调中心", "Yunjiang coordination centre for emergency volunteers"),
        began_ms=BEGAN_MS,
        ended_ms=BEGAN_MS + 220 * 60_000,
        seed=20261123,
        headlines=(
            Headline(both("首批发出", "First wave sent"), both("0:48", "0:48"), both("1:00", "1:00"), both("1:22", "1:22"), is_met=True),
            Headline(both("首个接受", "First to accept"), both("2:10", "2:10"), both("3:00", "3:00"), both("2:55", "2:55"), is_met=True),
            Headline(both("满员", "All needs met"), both("16:20", "16:20"), both("15:00", "15:00"), both("21:40", "21:40"), is_met=False),
            Headline(both("点名闭环", "Roll call closed"), both("8:35", "8:35"), both("10:00", "10:00"), None, is_met=True),
            Headline(both("多余到位", "More than needed"), both("6%", "6%"), both("", ""), both("19%", "19%"), is_met=None),
        ),
        planned=(
            Sentence(
                both(
                    "检验预警到待命、三级指挥提级与移交、分批召集、轮换点名、信息报送五项目标；情景事件 16 条，参演 24 人，模拟 40 人。",
                    "To test five objectives: from warning to stand-by, raising and handing over the lead, waves, relief and roll "
                    "calls, reports. 16 scenario events, 24 players, 40 simulated.",
                )
            ),
            Sentence(both("市级启动Ⅲ级响应后 5 分钟内完成移交。", "The lead is handed over within 5 minutes of level III."), (2,)),
        ),
        happened=(
            Sentence(
                both("T+0:12 收到临江县巡堤需求，48 秒后首批发出。", "T+0:12 Linjiang county asked for levee patrols; the first wave went out after 48 s."),
                (44, 52),
            ),
            Sentence(both("T+0:40 启动Ⅲ级响应，指挥由县转市，3:40 完成。", "T+0:40 level III; the lead passed from county to city in 3:40."), (61, 64)),
            Sentence(both("T+0:55 桩号 12+300 管涌，2:10 上报，危险区内 0 人。", "T+0:55 piping at stake 12+300, reported in 2:10, nobody in the danger area."), (97, 101)),
            Sentence(both("T+1:06 两人未应答，4:50 时由台席联系上。", "T+1:06 two did not answer; the desk reached them after 4:50."), (118, 126, 141)),
            Sentence(both("T+2:10 云城区求援 2 队，7 分钟内由北屏县调派。", "T+2:10 Yuncheng asked for 2 teams; Beiping county sent them within 7 minutes."), (203, 211)),
        ),
        why=(
            Sentence(
                both(
                    "满员超时，因消防（辅助）与巡堤 8 队休息登记滞后，首批接受率 41%，低于预计 58%。",
                    "Needs were met late: 8 teams had not entered their rest, so 41% of the first wave accepted where 58% was expected.",
                ),
                (52, 58, 63),
            ),
            Sentence(both(f"备注：{SHARP}", f"Note: {SHARP}"), (88,)),
        ),
        objectives=(
            ObjectiveRow(both("预警到待命转换", "From warning to stand-by"), "P", "P", both("待命确认 92%，限 90%", "92% confirmed, 90% asked"), (12, 18, 44)),
            ObjectiveRow(both("分批召集与满员", "Waves until needs are met"), "S", "M", both("满员 16:20，超 1:20", "met in 16:20, 1:20 late"), (52, 58, 97)),
            ObjectiveRow(both("初报续报时限", "Reports on time"), "", "M", both("初报迟 1:30，续报 5 次按时", "first report 1:30 late, five more on time"), (70,)),
            ObjectiveRow(both("对外信息发布", "Word to the public"), "", "", both("只能由人评定", "only a person can say"), ()),
        ),
        measures=(
            MeasureRow(1, both("2 分钟内发出首批", "First wave within 2 minutes"), "met", both("0:48", "0:48"), "", (44, 52)),
            MeasureRow(3, both("15 分钟内满员", "Needs met within 15 minutes"), "missed", both("16:20", "16:20"), "", (97,)),
            MeasureRow(4, both("危险区内无人", "Nobody in the danger area"), "met", both("0 人", "0 people"), "现场评估员当面核实", (101,)),
            MeasureRow(5, both("6 小时内无人失联", "Nobody lost for 6 hours"), "open", both("", ""), "", ()),
            MeasureRow(7, both("医院满员通报", "Report of a full hospital"), "not_played", both("", ""), "", ()),
            MeasureRow(8, both("预警口径是否清楚", "Whether the warning was clear"), "by_hand", both("", ""), "", (12,)),
            MeasureRow(9, both("群众转移用语", "Words used with residents"), "by_hand", both("", ""), "", ()),
        ),
        injects=(
            InjectRow(1, both("水文站报水位 46.2 米", "Gauge reports 46.2 m"), "contextual", 720, 720, "released", both("", "")),
            InjectRow(2, both("巡堤请求", "Levee patrols are asked for"), "expected", 900, 925, "released", both("等第 1 条回执", "waited for no. 1")),
            InjectRow(3, both("B 队仍未到位", "Team B still not there"), "contingency", 1_500, None, "skipped", both("B 队已到位", "team B was there")),
            InjectRow(4, both("媒体来电", "The press calls"), "expected", None, None, "waiting", both("", "")),
        ),
        curves=(
            Curve(
                both("巡堤：看到、答应、到位人数", "Levee patrol: people who saw, accepted, arrived"),
                (
                    Series("seen", both("已看到", "Seen"), ((735, 4), (760, 22), (800, 41), (900, 57))),
                    Series("accepted", both("已答应", "Accepted"), ((770, 3), (860, 18), (1_000, 34), (1_400, 46))),
                    Series("arrived", both("已到位", "Arrived"), ((1_300, 2), (1_500, 14), (1_700, 42), (2_400, 47))),
                ),
                42,
                3_600,
            ),
        ),
        waves=(
            WaveRow(both("临江县巡堤", "Levee of Linjiang"), 1, 26, (18, 74), 11, (41, 208), 9, (742, 1_203)),
            WaveRow(both("临江县巡堤", "Levee of Linjiang"), 2, 13, (22, 91), 8, (63, 5_760), 0, None),
        ),
        picture=MapPicture(
            marks=(
                Mark("incident", (112.001, 30.001), both("临江县巡堤", "Levee of Linjiang")),
                Mark("incident", (112.045, 30.02), both("云城区内涝", "Flooded streets of Yuncheng")),
                Mark("base", (112.02, 29.985), both("堤防一队", "Levee team 1")),
                Mark("base", (111.96, 30.02), both("堤防二队", "Levee team 2")),
                Mark("station", (112.01, 30.017), both("江滨站", "Riverside station")),
            ),
            rings=(
                ("hazard", ((111.99, 30.0), (112.003, 29.996), (112.009, 30.006), (111.998, 30.011))),
                ("closure", ((112.02, 30.01), (112.03, 30.01), (112.03, 30.013), (112.02, 30.013))),
            ),
            trips=(((112.02, 29.985), (112.001, 30.001)), ((111.96, 30.02), (112.001, 30.001)), ((111.96, 30.02), (112.045, 30.02))),
            outline=(((111.9, 29.99), (112.0, 29.97), (112.2, 29.975), (112.2, 30.2), (111.9, 30.2)),),
        ),
        comparison=(
            ComparisonRow(both("首批发出", "First wave sent"), both("0:48", "0:48"), both("1:22", "1:22"), both("2:05（3 起）", "2:05 (3 incidents)")),
            ComparisonRow(both("满员", "All needs met"), both("16:20", "16:20"), both("21:40", "21:40"), None),
        ),
        improvements=(
            Improvement("消防、巡堤队伍休息登记滞后，开战前可用数虚高 8 队", "值班席交班时核对休息登记", "临江县 郭磊", "2026-08-15", None),
            Improvement("对讲频道与现场指挥部不一致", "频道写入指令与队长手机", "市中心 何佳", "2026-05-10", both("本次已复测：达到", "tested again in this drill: met")),
        ),
        assumed=(both("队伍行驶速度取自道路数据，未计夜间减速。", "Speeds are those of the roads; nobody drives slower by night."),),
        evidence={
            position: Evidence(position, BEGAN_MS + position * 12_500, "call.accepted", both(f"第 {position} 条：队长答应", f"Event {position}: a leader accepted"))
            for position in (2, 12, 18, 44, 52, 58, 61, 63, 64, 70, 88, 97, 101, 118, 126, 141, 203, 211)
        },
        events=412,
        root="7f3a09d1b2c4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5cc21e",
        verified=True,
    )  # fmt: skip


def empty() -> Review:
    """Nothing happened, and nothing was planned."""
    nothing = both("", "")
    return Review(
        title=both("空白演练", "Empty drill"), is_exercise=True, form=nothing, where=nothing, began_ms=BEGAN_MS, ended_ms=BEGAN_MS,
        seed=None, headlines=(), planned=(), happened=(), why=(), objectives=(), measures=(), injects=(), curves=(), waves=(),
        picture=None, comparison=(), improvements=(), assumed=(), evidence={}, events=0, root="", verified=False,
    )  # fmt: skip


def long() -> Review:
    """Three hundred events, names of forty characters, forty scenario events, every mark on one spot, a line of many steps."""
    name = "云江市临江县青石桥街道沿江社区第三网格义务巡堤查险与群众转移志愿服务突击队第二分"
    said = both(name, "The second detachment of the volunteer levee patrol of Qingshiqiao")
    whole = rich()
    positions = range(1, 301)
    return whole._replace(
        title=both(f"{name}综合演练", f"{said.en}: comprehensive exercise"),
        happened=tuple(Sentence(said, tuple(range(no, no + 30))) for no in range(1, 40)),
        injects=tuple(InjectRow(no, said, "expected", no * 60.0, no * 61.0, "released", said) for no in range(1, 41)),
        waves=tuple(WaveRow(said, no, 12_345, (18, 74), 11_000, (41, 90_000), 9_000, (5_760, 200_000)) for no in range(1, 20)),
        curves=(Curve(said, (Series("arrived", said, tuple((n / 2, float(n)) for n in range(20_000))),), 5_000, 10_000),),
        picture=MapPicture(tuple(Mark("base", (112.0, 30.0), said) for _ in range(60)), (), (), ()),
        improvements=tuple(Improvement(name, name, name, "2026-08-15", None) for _ in range(10)),
        evidence={
            no: Evidence(no, BEGAN_MS + no * 1_000, "mobilization.wave_ordered_with_a_very_long_name", said) for no in positions
        },
        events=300,
    )
