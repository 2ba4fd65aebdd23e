"""YAML as people write it: keys, lists, words, figures. A word stays a word (`no`, `on`, 19:40 and 2026-07-14 are no truth, no number
and no day), and nothing unfolds: no anchors, no tags, no key twice, no depth without end.
"""

import re
from typing import Any

import yaml

DEEPEST = 20
_INT, _FLOAT = re.compile(r"[-+]?(?:0|[1-9]\d{0,17})"), re.compile(r"[-+]?\d{1,18}\.\d{0,18}(?:[eE][-+]\d{1,3})?")
_BOOL, _NULL = re.compile(r"true|True|TRUE|false|False|FALSE"), re.compile(r"~|null|Null|NULL|")
_C = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class BadYaml(Exception):
    """`at`: the line; `code`: of the faults a drill file may have; `value`: what stands there."""

    def __init__(self, line: int, code: str, value: str) -> None:
        super().__init__(line, code, value)
        self.at, self.code, self.value = f"line {line}", code, value


class _Plain(_C):  # type: ignore[misc, valid-type]
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 -- as the library has it: filled below, and nowhere else

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise BadYaml(line, "form", "key")
            if key.value in seen:
                raise BadYaml(line, "twice", key.value)
            seen.add(key.value)
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


for _tag, _pattern, _first in (
    ("int", _INT, "-+0123456789"), ("float", _FLOAT, "-+0123456789"), ("bool", _BOOL, "tTfF"), ("null", _NULL, "~nN"),
):  # fmt: skip
    _Plain.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern.pattern})$"), list(_first))
_Plain.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"$"), [""])


def load(text: bytes) -> Any:
    """Plain values. Raises BadYaml."""
    try:
        _check(text)
        return yaml.load(text, Loader=_Plain)  # noqa: S506 -- a safe loader that takes less
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = str(getattr(error, "problem", None) or error)
        raise BadYaml(mark.line + 1 if mark is not None else 1, "form", said) from None
    except (ValueError, RecursionError) as error:
        raise BadYaml(1, "form", str(error)) from None


def _check(text: bytes) -> None:
    """What a file may not do, found before anything is built of it."""
    depth = 0
    for event in yaml.parse(text, Loader=_C):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise BadYaml(line, "alias", str(event.anchor))
        if getattr(event, "tag", None) is not None:
            raise BadYaml(line, "form", event.tag)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            raise BadYaml(line, "deep", str(depth))
