"""A workbook -> a drill. One that was written here loses nothing; one made by hand, with the columns for people only, is a drill whose
measures a person scores. Every fault is named by sheet and cell.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from command.tiers.books.cells import BookSheet, Cell, at
from command.tiers.books.columns import guess_columns, meaning
from command.tiers.books.headings import guess_heading, labels_of
from drills.scenario.checking import Fault, check
from drills.scenario.form import Scenario
from drills.scenario.msel.columns import CONTROLLERS, EVENTS, KIND_LETTERS, NO_MEASURE, NO_OBJECTIVE, UNNAMED
from drills.scenario.msel.head import Head, read_head
from drills.scenario.msel.places import cell_of
from drills.scenario.msel.sheets import place, sheets_of
from drills.scenario.msel.values import flat, lines, machine, minutes, number, parts
from drills.scenario.reading import ScenarioFault, of_form
from drills.scenario.wording import KINDS, MODES, Both

_LEAST_COLUMNS = 3
_AFTER_LAST_MIN = 30


class Taken(NamedTuple):
    """`by_hand`: cells whose words say another measure than the system had: a person scores it from now on."""

    scenario: Scenario
    by_hand: tuple[str, ...]


def read_msel(raw: bytes) -> Taken:
    """Raises Refused(file.…) for what is no workbook, ScenarioFault for one that is no drill."""
    faults: list[Fault] = []
    sheets = sheets_of(raw, faults)
    found = max(((_known(sheet), -n, sheet) for n, sheet in enumerate(sheets)), key=lambda each: each[:2], default=None)
    if faults or found is None or found[0] < _LEAST_COLUMNS:
        raise ScenarioFault(tuple(faults) or (Fault("$", "no_list", ""),))
    head = read_head([sheet for sheet in sheets if sheet is not found[2]], faults)
    events = _Events(found[2], head, faults)
    plain = {**head.values, "injects": events.injects}
    _fill(plain, head, events)
    try:
        scenario = None if faults else msgspec.convert(plain, Scenario)
        faults += [] if scenario is None else check(scenario)
    except msgspec.ValidationError as error:
        scenario, faults = None, [*faults, of_form(error)]
    if faults or scenario is None:
        raise ScenarioFault(
            tuple(each._replace(at=cell_of(each.at, events.sheet, events.columns, events.lines, head)) for each in faults)
        )
    return Taken(scenario, tuple(events.by_hand))


def _known(sheet: BookSheet) -> int:
    """How many columns of the list its headings name."""
    aliases = EVENTS.aliases()
    first, last = guess_heading(sheet, lambda label: bool(meaning(label, aliases)))
    return len({name for label in labels_of(sheet, first, last) if (name := meaning(label, aliases))})


def _fill(plain: dict[str, Any], head: Head, events: "_Events") -> None:
    """What a workbook made by hand leaves out."""
    zh = plain.setdefault("zh", UNNAMED[0])
    plain.setdefault("en", zh if zh != UNNAMED[0] else UNNAMED[1])
    plain.setdefault("id", f"msel-{hashlib.sha256(zh.encode()).hexdigest()[:8]}")
    plain.setdefault("form", "tabletop")
    plain.setdefault("aim", "testing")
    plain.setdefault("city", {})
    plain.setdefault("lasts_min", max((each["cue"].get("at_min") or 0 for each in events.injects), default=0) + _AFTER_LAST_MIN)
    plain["objectives"] = head.objectives or [
        {"id": f"o{n}", "zh": words, "en": words} for n, words in enumerate(events.objectives, 1)
    ]  # fmt: skip


class _Events:
    """The rows of the list as plain values. `lines`: the line of each inject; `columns`: the place of each column there is."""

    def __init__(self, sheet: BookSheet, head: Head, faults: list[Fault]) -> None:
        self.sheet, self._head, self._faults = sheet, head, faults
        aliases = EVENTS.aliases()
        first, last = guess_heading(sheet, lambda label: bool(meaning(label, aliases)))
        rows = [(line, cells) for line, cells in sheet.rows if line > last]
        named = guess_columns(labels_of(sheet, first, last), [cells for _, cells in rows], EVENTS)
        self.columns: Mapping[str, int] = {name: n for n, name in enumerate(named) if name}
        self.objectives: list[str] = []
        self.by_hand: list[str] = []
        self.lines = [line for line, _ in rows]
        self.injects: list[dict[str, Any]] = []
        for line, cells in rows:
            self.injects.append(self._inject(line, cells))

    def _inject(self, line: int, cells: list[Cell]) -> dict[str, Any]:
        text = {name: at(cells, n).text for name, n in self.columns.items()}
        inject: dict[str, Any] = {name: text[name] for name in ("zh", "expect_zh", "note") if text.get(name, "").strip()}
        inject.setdefault("zh", "")
        inject.setdefault("expect_zh", "")
        inject["en"] = text.get("en") or inject["zh"]
        inject["expect_en"] = text.get("expect_en") or inject["expect_zh"]
        sender = text.get("sender_zh", "")
        inject["sender_zh"] = sender or CONTROLLERS[0]
        inject["sender_en"] = text.get("sender_en") or sender or CONTROLLERS[1]
        inject["to"] = parts(text.get("to", "")) or ["city"]
        inject["kind"] = self._coded(line, "kind", text, {**KINDS}, "expected")
        inject["mode"] = self._coded(line, "mode", text, MODES, "phone")
        inject["number"] = self._number(line, text)
        inject["cue"] = self._cue(line, text)
        inject["objective"] = self._objective(text.get("objective", ""))
        inject["measures"] = self._measures(line, text, inject)
        inject["acts"] = self._machine(line, "acts_machine", list, text) or []
        return inject

    def _coded(self, line: int, name: str, text: Mapping[str, str], table: Mapping[str, Both], usual: str) -> str:
        said = text.get(name, "").strip().lower()
        if not said:
            return usual
        letters = KIND_LETTERS if name == "kind" else {}
        for code, words in table.items():
            if said in (code, words[0].lower(), words[1].lower()) or letters.get(said) == code:
                return code
        self._fault(line, name, "unknown", said)
        return usual

    def _number(self, line: int, text: Mapping[str, str]) -> int:
        said = text.get("number", "")
        if not said.strip():
            return max((each["number"] for each in self.injects), default=0) + 1
        found = number(said)
        if found is None:
            self._fault(line, "number", "number", said)
        return found or 0

    def _cue(self, line: int, text: Mapping[str, str]) -> dict[str, Any]:
        held = self._machine(line, "cue_machine", dict, text) or {}
        cue = {name: value for name, value in held.items() if name in ("only_if", "unless")}
        for name in ("at_min", "after_min"):
            if said := text.get(name, "").strip():
                found = minutes(said)
                if found is None:
                    self._fault(line, name, "minutes", said)
                else:
                    cue[name] = found
        if said := text.get("after", "").strip():
            cue["after"] = number(said) or 0
        return cue

    def _objective(self, said: str) -> str:
        said = said.strip()
        if self._head.objectives:
            told = [o["id"] for o in self._head.objectives if said in (o["id"], o["zh"].strip(), o["en"].strip())]
            return told[0] if told else said or self._head.objectives[0]["id"]
        words = said or NO_OBJECTIVE[0]
        if words not in self.objectives:
            self.objectives.append(words)
        return f"o{self.objectives.index(words) + 1}"

    def _measures(self, line: int, text: Mapping[str, str], inject: Mapping[str, Any]) -> list[Any]:
        """The computed ones, as far as the words beside them still say the same; the others are for a person."""
        held = [each for each in self._machine(line, "measures_machine", list, text) or [] if isinstance(each, dict)]
        computed = {flat(each.get("zh", "")): each for each in held}
        said, english = lines(text.get("measures_zh", "")), lines(text.get("measures_en", ""))
        if not said and held:
            return list(held)
        if not said:
            zh = inject["expect_zh"] or NO_MEASURE[0]
            return [{"is": "by_hand", "zh": zh, "en": inject["expect_en"] or NO_MEASURE[1]}]
        if len(held) == len(computed) or [flat(each.get("zh", "")) for each in held] != said:
            known = [computed.get(words) for words in said]
        else:
            known = list(held)
        translated = english if len(english) == len(said) else [""] * len(said)
        self.by_hand += [self._at(line, "measures_zh") for each in known if each is None and held]
        return [_measure(*each) for each in zip(known, said, translated, strict=True)]

    def _machine(self, line: int, name: str, kind: type, text: Mapping[str, str]) -> Any:
        return machine(text.get(name, ""), kind, self._at(line, name), self._faults)

    def _at(self, line: int, name: str) -> str:
        return place(self.sheet, line, self.columns[name]) if name in self.columns else f"{self.sheet.name}!{line}"

    def _fault(self, line: int, name: str, code: str, value: str) -> None:
        self._faults.append(Fault(self._at(line, name), code, value[:60]))


def _measure(known: dict[str, Any] | None, zh: str, en: str) -> dict[str, Any]:
    """As the system had it, in English as it stands there now; else for a person."""
    if known is None:
        return {"is": "by_hand", "zh": zh, "en": en or zh}
    return {**known, "en": en} if en and en != flat(known.get("en", "")) else known
