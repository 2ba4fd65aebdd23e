"""Invented names. Telephones lie in 1990000xxxx… and ring nowhere."""

import numpy as np

COUNTIES = (
    ("云城区", "Yuncheng"),
    ("临江县", "Linjiang"),
    ("北屏县", "Beiping Hills"),
    ("松溪县", "Songxi"),
    ("南湖县", "Nanhu"),
    ("东岭县", "Dongling"),
)
_FIRST = "江学东文柳石大高松新青白红金清双龙凤平安永长福和兴南北西桃梅竹兰云水山泉溪塘桥岭湖滨"
_SECOND = "滨府门昌园塘堤桥坪港山水田沙河口岗林湾泉溪岭庙集店铺寺洲垸冲坝坡关阳安泰宁和丰源"
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志新海燕春梅冬雪文武红波辉"


def places(count: int, chance: np.random.Generator) -> list[str]:
    """Two characters each, all different."""
    pairs = [a + b for a in _FIRST for b in _SECOND if a != b]
    if count > len(pairs):
        pairs += [a + b + c for a in _FIRST for b in _SECOND for c in _SECOND]
    return [pairs[i] for i in chance.permutation(len(pairs))[:count]]


def person(chance: np.random.Generator) -> str:
    family = _FAMILY[chance.integers(len(_FAMILY))]
    return family + "".join(_GIVEN[i] for i in chance.integers(len(_GIVEN), size=int(chance.integers(1, 3))))


def phone(number: int) -> str:
    """A number of a range that is not in service."""
    return f"199{number:08d}"
