"""A draft as its page shows it, in both languages; and why lines were refused, for the workbook that goes back."""

from collections.abc import Mapping

from command.tiers.books.cells import at
from command.tiers.books.headings import labels_of
from command.tiers.books.returning import SheetBack
from command.tiers.rows import WORDS, Bad, split
from mobilization.rosters import Verdict
from mobilization.specialities import SPECIALITIES
from web_console.imports.drafts import KIND, Draft

SAMPLES = 3
TITLES = {"zh": "退回原因", "en": "Why refused"}
_PEOPLE_COLUMNS = frozenset({"leader", "deputies", "members"})
_SPOILT = ("phone", "identity", "id", "division")
_UNMARKED = {"zh": 0, "en": 1}


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
        "verdicts": [_verdict(each, proposal.names) for each in proposal.verdicts if each.state != "same" or each.mended or each.notes],
        "leaving": [{"id": each.id, "name": each.name, "leads": each.leads} for each in proposal.leaving], "done": draft.done,
    }  # fmt: skip


def _sheet(draft: Draft, number: int) -> dict[str, object]:
    sheet, plan = draft.book.sheets[number], draft.plans[number]
    below = [cells for line, cells in sheet.rows if line > plan.last]
    labels = labels_of(sheet, plan.first, plan.last)
    return {
        "name": sheet.name, "hidden": sheet.hidden, "kind": plan.kind, "first": plan.first, "last": plan.last, "lines": len(below),
        "columns": plan.columns, "labels": labels, "remembered": plan.remembered,
        "samples": [[at(cells, place).text for cells in below[:SAMPLES]] for place in range(len(labels))],
    }  # fmt: skip


def _verdict(verdict: Verdict, names: Mapping[str, str]) -> dict[str, object]:
    kind = KIND[verdict.kind]

    def value(column: str, text: str) -> str:
        if column in _PEOPLE_COLUMNS:
            return "、".join(names.get(id_, id_) for id_ in split(text))
        return SPECIALITIES[text].zh if column == "speciality" and text in SPECIALITIES else text

    def word(column: str) -> dict[str, str]:
        found = next((each.words for each in kind.columns if each.name == column), None)
        return {"zh": found.zh, "en": found.en} if found else {"zh": column, "en": column}

    return {
        "kind": verdict.kind, "sheet": verdict.sheet, "line": verdict.line, "state": verdict.state, "name": verdict.name,
        "phone": verdict.row.get("phone", ""),
        "changes": [{"column": word(c.column), "was": value(c.column, c.was), "now": value(c.column, c.now)} for c in verdict.changes],
        "mended": [{"column": word(m.column), "was": m.was, "now": m.now, "how": m.how} for m in verdict.mended],
        "notes": [{"about": about, "value": text} for about, text in verdict.notes],
        "reason": {lang: reasons(verdict, lang) for lang in TITLES} if verdict.bads else None,
    }  # fmt: skip


def reasons(verdict: Verdict, lang: str) -> str:
    """All that is wrong with a line, so that it comes back once."""
    return ("；" if lang == "zh" else "; ").join(_reason(bad, verdict.kind, lang) for bad in verdict.bads)


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
            reasons={each.line: reasons(each, lang) for each in refused if each.sheet == number},
            text_columns=[place for place, name in enumerate(plan.columns) if name in _SPOILT],
        )
        for number, plan in enumerate(draft.plans)
        if plan.kind
    }
