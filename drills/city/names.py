"""Invented names, places with their spelling in letters, and telephone numbers that ring nowhere."""

from collections.abc import Iterator

import numpy as np

from drills.city.plan import Ints

COUNTIES = (
    ("云城区", "Yuncheng District"), ("临江县", "Linjiang County"), ("北屏县", "Beiping County"), ("松溪县", "Songxi County"),
    ("南泽县", "Nanze County"), ("东岭县", "Dongling County"), ("西渡县", "Xidu County"), ("清河县", "Qinghe County"),
    ("安陵县", "Anling County"), ("凤台县", "Fengtai County"), ("梅川县", "Meichuan County"), ("石坪县", "Shiping County"),
    ("长滩县", "Changtan County"),
)  # fmt: skip
STREETS = (
    ("江滨", "Jiangbin"), ("东门", "Dongmen"), ("学府", "Xuefu"), ("柳园", "Liuyuan"), ("文昌", "Wenchang"), ("中山", "Zhongshan"),
    ("新港", "Xingang"), ("镜湖", "Jinghu"), ("西关", "Xiguan"), ("站前", "Zhanqian"),
)  # fmt: skip
TOWNS = (
    (("高桥", "Gaoqiao"), ("石塘", "Shitang"), ("青山铺", "Qingshanpu")), (("大堤", "Dadi"), ("沙洲", "Shazhou"), ("望江", "Wangjiang")),
    (("北屏", "Beiping"), ("松坪", "Songping"), ("云岭", "Yunling")),
)  # fmt: skip
"""Towns of the first three counties, the nearest to each county's middle first."""
_FIRST = (
    "东dong 南nan 西xi 北bei 上shang 下xia 大da 小xiao 新xin 老lao 高gao 长chang 青qing 白bai 红hong 黄huang 金jin 石shi 龙long 凤feng "
    "松song 柳liu 桃tao 梅mei 竹zhu 杨yang 双shuang 三san 永yong 安an 福fu 兴xing 太tai 泉quan 沙sha 云yun 花hua 马ma 鹤he 官guan"
)
_SECOND = (
    "桥qiao 塘tang 湾wan 岭ling 坪ping 河he 口kou 沟gou 湖hu 山shan 店dian 铺pu 集ji 港gang 洲zhou 坡po 冲chong 畈fan 垸yuan 台tai "
    "寺si 堰yan 坝ba 桩zhuang 林lin 田tian 井jing 渡du 泉quan 庙miao"
)
_FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴夏钟汪田任姜范方石"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志新海燕春梅冬雪文武红波辉宇浩然子涵欣怡晨曦嘉俊佳琪婷雅思远博瑞泽楠"
    "倩颖斌鹏飞凯亮峰健康宁安乐和顺成德林森江河山云松柏"
)
_SPELT_FAMILY = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 何he 郭guo 罗luo 谢xie 唐tang 曹cao"
)
_NUMERALS = "零一二三四五六七八九"
_TEN = 10
SINGLE_SHARE = 0.18


def _spelt(text: str) -> list[tuple[str, str]]:
    return [(word[0], word[1:]) for word in text.split()]


def places(chance: np.random.Generator, *, homes: bool) -> Iterator[tuple[str, str]]:
    """Names of places in the order chance gives, (汉字, letters), none twice: of two characters, with `homes` 李家湾 among them."""
    firsts, seconds, families = _spelt(_FIRST), _spelt(_SECOND), _spelt(_SPELT_FAMILY)
    two = [(a + b, (x + y).capitalize()) for a, x in firsts for b, y in seconds if a != b]
    home = [(a + "家" + b, (x + "jia" + y).capitalize()) for a, x in families for b, y in seconds]
    short = two + home if homes else two
    for at in chance.permutation(len(short)).tolist():
        yield short[at]
    long = [(a + c, x + y) for a, x in two for c, y in seconds if a[1] != c]
    for at in chance.permutation(len(long)).tolist():
        yield long[at]


def people(chance: np.random.Generator, count: int) -> list[str]:
    """Invented names of people: a family name, common ones more often, and one or two characters."""
    weight = 1 / (np.arange(len(_FAMILY)) + 4)
    families: Ints = chance.choice(len(_FAMILY), count, p=weight / weight.sum())
    given: Ints = chance.integers(0, len(_GIVEN), (count, 2))
    single = chance.uniform(0, 1, count) < SINGLE_SHARE
    rows = zip(families.tolist(), given.tolist(), single.tolist(), strict=True)
    return [_FAMILY[f] + _GIVEN[a] + ("" if alone else _GIVEN[b]) for f, (a, b), alone in rows]


def phone(number: int) -> str:
    """A number that cannot be real: the range 154 has been given to no network."""
    return f"154{number:08d}"


def landline(number: int) -> str:
    """A number of an office that cannot be real: no place has the area code 0000."""
    return f"0000-8{number:06d}"


def numeral(number: int) -> str:
    """1..99 as teams are counted: 一, 十, 十二, 二十三; above that in figures."""
    tens, ones = divmod(number, _TEN)
    if tens >= _TEN:
        return str(number)
    ten = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return ten + (_NUMERALS[ones] if ones else "")
