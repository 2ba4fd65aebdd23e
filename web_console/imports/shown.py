"""A draft as its page shows it, in both languages; and why lines were refused, for the workbook that goes back."""

from collections.abc import Mapping

from command.tiers.books.cells import Cell, at
from command.tiers.books.headings import labels_of
from command.tiers.books.returning import SheetBack
from command.tiers.books.totals import is_total, words_of_total
from command.tiers.rows import WORDS, Bad, split
from mobilization.joining import RANKS
from mobilization.specialities import SPECIALITIES
from mobilization.verdicts import Change, Verdict
from web_console.imports.drafts import KIND, Draft, SheetPlan

SAMPLES = 3
SAID_MOST = 60
TITLES = {"zh": "退回原因", "en": "Why refused"}
_PEOPLE_COLUMNS = frozenset({"leader", "deputies", "members"})
_SPOILT = ("phone", "identity", "id", "division")
_UNMARKED = {"zh": 0, "en": 1}
_OF_ANOTHER = {"row.person_refused": "people", "row.team_refused": "teams"}
_THERE = {"zh": "（{sheet}第 {line} 行：{why}）", "en": " ({sheet}line {line}: {why})"}


def show(draft: Draft, *, station: str) -> dict[str, object]:
    proposal = draft.proposal
    assert proposal is not None  # noqa: S101 -- every kept draft has one
    return {
        "draft": draft.id, "station": {"id": draft.station, "name": station}, "form": draft.book.form, "rev": proposal.rev,
        "kinds": [
            {
                "name": kind.name,
                "columns": [{"name": c.name, "zh": c.words.zh, "en": c.words.en, "needed": c.needed} for c in kind.columns],
            }
            for kind in KIND.values()
        ],
        "sheets": [_sheet(draft, number) for number in range(len(draft.book.sheets))],
        "counts": proposal.counts(), "mended": proposal.mended(),
        "verdicts": [_verdict(draft, each, proposal.names) for each in proposal.verdicts if each.state != "same" or each.mended or each.notes],
        "others": [{"name": each.name, "changes": _changes(each, proposal.names)} for each in proposal.others],
        "leaving": [{"id": each.id, "name": each.name, "phone": each.phone, "leads": each.leads} for each in proposal.leaving], "done": draft.done,
    }  # fmt: skip


def _sheet(draft: Draft, number: int) -> dict[str, object]:
    sheet, plan = draft.book.sheets[number], draft.plans[number]
    below = [cells for line, cells in sheet.rows if line > plan.last]
    labels = labels_of(sheet, plan.first, plan.last)
    totals = [(line, words_of_total(cells)) for line, cells in sheet.rows if line > plan.last and _is_total(cells, plan)]
    return {
        "name": sheet.name, "hidden": sheet.hidden, "kind": plan.kind, "first": plan.first, "last": plan.last, "lines": len(below) - len(totals),
        "totals": [{"line": line, "said": said[:SAID_MOST]} for line, said in totals],
        "columns": plan.columns, "labels": labels, "remembered": plan.remembered,
        "samples": [[at(cells, place).text for cells in below[:SAMPLES]] for place in range(len(labels))],
    }  # fmt: skip


def _is_total(cells: list[Cell], plan: SheetPlan) -> bool:
    return bool(plan.kind) and is_total(cells, plan.columns, KIND[plan.kind])


def _verdict(draft: Draft, verdict: Verdict, names: Mapping[str, str]) -> dict[str, object]:
    return {
        "kind": verdict.kind, "sheet": verdict.sheet, "line": verdict.line, "state": verdict.state, "name": verdict.name,
        "phone": verdict.row.get("phone", ""), "changes": _changes(verdict, names),
        "mended": [{"column": _word(verdict.kind, m.column), "was": m.was, "now": m.now, "how": m.how} for m in verdict.mended],
        "notes": [{"about": about, "value": text} for about, text in verdict.notes],
        "reason": {lang: reasons(draft, verdict, lang) for lang in TITLES} if verdict.bads else None,
    }  # fmt: skip


def _changes(verdict: Verdict, names: Mapping[str, str]) -> list[dict[str, object]]:
    def value(change: Change, text: str) -> str:
        if change.column in _PEOPLE_COLUMNS:
            return "、".join(names.get(id_, id_) for id_ in split(text))
        if change.column == "rank":
            return "、".join(RANKS[rank].zh for rank in split(text))
        if change.column == "team":
            return text.replace(";", "、")
        return SPECIALITIES[text].zh if change.column == "speciality" and text in SPECIALITIES else text

    return [
        {"column": _word(verdict.kind, each.column), "was": value(each, each.was), "now": value(each, each.now)}
        for each in verdict.changes
    ]


def _word(kind: str, column: str) -> dict[str, str]:
    found = next((each.words for each in KIND[kind].columns if each.name == column), None)
    return {"zh": found.zh, "en": found.en} if found else {"zh": column, "en": column}


def reasons(draft: Draft, verdict: Verdict, lang: str) -> str:
    """All that is wrong with a line, so that it comes back once; where that lies in another's line, with what is wrong there."""
    told = (_reason(bad, verdict.kind, lang) + _elsewhere(draft, bad, lang) for bad in verdict.bads)
    return ("；" if lang == "zh" else "; ").join(told)


def _elsewhere(draft: Draft, bad: Bad, lang: str) -> str:
    """Which line a reason speaks of, and why that one was refused."""
    kind = _OF_ANOTHER.get(bad.code)
    verdicts = draft.proposal.verdicts if draft.proposal is not None else ()
    found = next((each for each in verdicts if each.kind == kind and each.bads and each.name == bad.value), None)
    if found is None:
        return ""
    sheet = f"{draft.book.sheets[found.sheet].name} " if len(draft.book.sheets) > 1 else ""
    why = ("；" if lang == "zh" else "; ").join(_reason(each, found.kind, lang) for each in found.bads)
    return _THERE[lang].format(sheet=sheet, line=found.line, why=why)


def _reason(bad: Bad, kind: str, lang: str) -> str:
    words = next((column.words for column in KIND[kind].columns if column.name == bad.column), None)
    told = WORDS[bad.code]
    column = bad.column if words is None else words[_UNMARKED[lang]]
    return str(told[_UNMARKED[lang]]).format(column=column, value=bad.value)


def sheets_back(draft: Draft, lang: str) -> dict[int, SheetBack]:
    """What goes back: every chosen sheet, the refused lines of it."""
    refused = [each for each in (draft.proposal.verdicts if draft.proposal else ()) if each.bads]
    return {
        number: SheetBack(
            last=plan.last,
            reasons={each.line: reasons(draft, each, lang) for each in refused if each.sheet == number},
            text_columns=[place for place, name in enumerate(plan.columns) if name in _SPOILT],
        )
        for number, plan in enumerate(draft.plans)
        if plan.kind
    }
