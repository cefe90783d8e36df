"""The catalogue as files: read whole and checked, or refused whole with every fault and its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from doorstep.catalogue.item import (
    AnswerKind,
    CaseClass,
    Catalogue,
    Check,
    Condition,
    Danger,
    Dangers,
    Department,
    Duties,
    Duty,
    DutyKind,
    Handler,
    Help,
    Item,
    Kind,
    LegalChannel,
    Level,
    Limits,
    Named,
    PauseReason,
    Promise,
    Question,
    Raise,
    Sensitivity,
    Source,
    Standard,
    Urgency,
)
from doorstep.catalogue.sheets import Fault, Row, Sheet
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.limits import WorkingDays, WorkingHours

shipped_folder: Final = Path(__file__).parent
# Holder, head of unit, and three levels above.
RUNGS: Final = 5
BEFORE_DUE: Final = 2
OWNER_ABSENT: Final = WorkingDays(10)
_percent: Final = re.compile(r"[1-9]\d{0,3} ?%")


class CatalogueRefused(Refusal):
    """Nothing was read: these are all the faults found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            say("catalogue-file-refused", count=len(self.faults), first=first.message),
            try_this=say("catalogue-file-refused-try"),
            where=first.where,
        )


def read_catalogue(folder: Path = shipped_folder) -> Catalogue:
    """Everything in that folder: `classes`, `departments`, `limits`, `dangers`, `duties` and `items/*`, all `.toml`."""
    return build({str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in _files(folder)})


def _files(folder: Path) -> list[Path]:
    whole = [folder / f"{name}.toml" for name in ("classes", "departments", "limits", "dangers", "duties")]
    return [*whole, *sorted((folder / "items").glob("*.toml"))]


def build(written: Mapping[str, str]) -> Catalogue:
    """The catalogue written in these files (name → text); `CatalogueRefused` names every fault."""
    return assemble({name: Sheet.parse(name, text) for name, text in written.items()})


def assemble(sheets: Mapping[str, Sheet]) -> Catalogue:
    """The catalogue of these sheets, by the names of the files; `CatalogueRefused` names every fault."""
    _refuse(fault for sheet in sheets.values() for fault in sheet.faults)
    lists = sheets["classes.toml"].root
    classes = _classes(lists)
    kinds, sources = _named_choices(lists, "kind", Kind), _named_choices(lists, "source", Source)
    lists.finish()
    departments = _departments(sheets["departments.toml"].root)
    limits = _limits(sheets["limits.toml"].root)
    items = {}
    for name, sheet in sheets.items():
        if name.startswith("items/"):
            item = _item(sheet.root, classes, departments)
            if sheet.raw and item.id != Path(name).stem:
                sheet.fault(("id",), say("catalogue-file-id-is-name", id=item.id, name=Path(name).stem))
            items[item.id] = item
    dangers = _dangers(sheets["dangers.toml"].root, items)
    duties = _duties(sheets["duties.toml"].root, items)
    _refuse(fault for sheet in sheets.values() for fault in sheet.faults)
    return Catalogue(items, classes, kinds, sources, departments, limits, dangers, duties)


def read_item(raw: Mapping[str, Any], catalogue: Catalogue) -> Item:
    """One item from its plain mapping, as a database or a form keeps it; `CatalogueRefused` names every fault."""
    sheet = Sheet(str(raw.get("id", "")), raw)
    item = _item(sheet.root, catalogue.classes, catalogue.departments)
    _refuse(sheet.faults)
    return item


def _refuse(faults: Iterable[Fault]) -> None:
    if found := list(faults):
        raise CatalogueRefused(found)


def _classes(root: Row) -> dict[str, CaseClass]:
    classes: dict[str, CaseClass] = {}
    for row in root.rows("class"):
        code = row.text("code")
        _keep(classes, row, CaseClass(code, row.named("name"), retired=row.flag("retired")))
        for sub in row.rows("sub"):
            sub_code = sub.text("code")
            if not sub_code.startswith(code) or len(sub_code) != len(code) + 2:
                sub.fault("code", say("catalogue-file-sub-class-outside", code=sub_code, parent=code))
            _keep(classes, sub, CaseClass(sub_code, sub.both(), code, sub.flag("retired")))
            sub.finish()
        row.finish()
    return classes


def _keep(classes: dict[str, CaseClass], row: Row, each: CaseClass) -> None:
    if each.code in classes:
        row.fault("code", say("catalogue-file-twice", value=each.code))
    classes[each.code] = each


def _named_choices(root: Row, key: str, choices: type[Any]) -> dict[Any, Named]:
    names = {}
    for row in root.rows(key):
        names[row.one_of("code", choices)] = row.named("name")
        row.finish()
    if missing := [choice for choice in choices if choice not in names]:
        root.fault(key, say("catalogue-file-missing", missing=", ".join(missing)))
    return names


def _departments(root: Row) -> dict[str, Department]:
    departments: dict[str, Department] = {}
    for row in root.rows("department"):
        code = row.text("code")
        if code in departments:
            row.fault("code", say("catalogue-file-twice", value=code))
        departments[code] = Department(code, row.named("name"))
        row.finish()
    root.finish()
    return departments


def _limits(root: Row) -> Limits:
    promises = {urgency: _promise(row) for urgency in Urgency if (row := root.row(urgency))}
    limits = Limits(
        promises=promises,
        extension=_working(root, "extension", WorkingDays),
        objection=_working(root, "objection", WorkingDays),
        follow_up=_working(root, "follow_up", WorkingDays),
        reopen_days=root.number("reopen_days"),
        silence_days=root.number("silence_days"),
        whistle=_working(root, "whistle", WorkingHours),
        whistle_complex=_working(root, "whistle_complex", WorkingDays),
        pause=_of_each(root, "pause", PauseReason, _pause),
        pauses=_working(root, "pauses", WorkingDays),
        unsigned=_of_each(root, "unsigned", Urgency, Row.limit),
        ladder=_ladder(root),
        oldest_days=root.number("oldest_days"),
        burden_minutes=root.number("burden_minutes"),
    )
    root.finish()
    return limits


def _pause(row: Row, reason: str) -> WorkingDays:
    # Limits that were published before anybody could wait for an absent owner do not say how long.
    if reason == PauseReason.OWNER_ABSENT and not row.has(reason):
        return OWNER_ABSENT
    limit: WorkingDays = _working(row, reason, WorkingDays)
    return limit


def _of_each(root: Row, key: str, names: type[Any], read: Callable[[Row, str], Any]) -> dict[Any, Any]:
    """A table with one line for each name."""
    row = root.row(key)
    if row is None:
        return {}
    found = {name: read(row, name) for name in names}
    row.finish()
    return found


def _ladder(root: Row) -> tuple[float, ...]:
    """Five parts of the holder's time, ever later; the levels above are not told before it is over."""
    written = root.texts("ladder")
    parts = [float(part[:-1].strip()) / 100 for part in written if _percent.fullmatch(part)]
    below, above = parts[:BEFORE_DUE], parts[BEFORE_DUE:]
    is_good = len(parts) == len(written) == RUNGS and parts == sorted(set(parts)) and max(below) < 1 <= min(above)
    if not is_good:
        root.fault("ladder", say("catalogue-file-not-a-ladder", value=", ".join(written)))
        return (0.5, 0.8, 1.0, 1.5, 2.0)
    return tuple(parts)


def _working(root: Row, key: str, wanted: type[Any]) -> Any:
    limit = root.limit(key)
    if isinstance(limit, wanted):
        return limit
    root.fault(key, say("catalogue-file-not-a-limit", value=str(limit)))
    return wanted(1)


def _promise(row: Row) -> Promise:
    promise = Promise(row.limit("first_contact"), row.limit("finish"))
    row.finish()
    return promise


def _dangers(root: Row, items: Mapping[str, Item]) -> Dangers:
    dangers = []
    for row in root.rows("danger"):
        danger = Danger(
            id=row.text("id"),
            dial=row.text("dial"),
            item=row.text("item"),
            words=row.texts("words"),
            unless=row.texts("unless", ()),
        )
        if danger.item not in items:
            row.fault("item", say("catalogue-file-no-such-item", item=danger.item))
        dangers.append(danger)
        row.finish()
    found = Dangers(tuple(dangers), hedges=root.texts("hedges", ()), denials=root.texts("denials", ()))
    root.finish()
    return found


def _duties(root: Row, items: Mapping[str, Item]) -> Duties:
    kinds = _named_choices(root, "kind", DutyKind)
    names: dict[str, Named] = {}
    of_post: dict[str, tuple[Duty, ...]] = {}
    for row in root.rows("post"):
        code = row.text("code")
        if code in names:
            row.fault("code", say("catalogue-file-twice", value=code))
        names[code] = row.named("name")
        duties = {duty.kind: duty for each in row.rows("duty") if (duty := _duty(each, items))}
        if missing := [kind for kind in DutyKind if kind not in duties]:
            row.fault("duty", say("catalogue-file-missing", missing=", ".join(missing)))
        of_post[code] = tuple(duties[kind] for kind in DutyKind if kind in duties)
        row.finish()
    root.finish()
    return Duties(kinds, names, of_post)


def _duty(row: Row, items: Mapping[str, Item]) -> Duty:
    duty = Duty(row.one_of("kind", DutyKind), row.both(), row.texts("items", ()))
    for item in duty.items:
        if item not in items:
            row.fault("items", say("catalogue-file-no-such-item", item=item))
        elif not items[item].admitted:
            row.fault("items", say("catalogue-file-duty-off-the-list", item=item))
    row.finish()
    return duty


def _item(root: Row, classes: Mapping[str, CaseClass], departments: Mapping[str, Department]) -> Item:
    item = Item(
        id=root.text("id"),
        name=root.named("name"),
        class_code=root.text("class"),
        kind=root.one_of("kind", Kind),
        urgency=root.one_of("urgency", Urgency),
        hint=root.named("hint"),
        who=_handlers(root, "who", departments),
        admitted=root.flag("admitted"),
        together_with=_handlers(root, "together_with", departments) if root.has("together_with") else (),
        neighbours=_helps(root),
        raises=tuple(_raise(row) for row in root.rows("raise")),
        promise=_own_promise(root),
        questions=_questions(root),
        accept=_named_if_any(root, "accept"),
        done=_named_if_any(root, "done"),
        proof=_named_if_any(root, "proof"),
        sensitivity=root.one_of("sensitivity", Sensitivity, Sensitivity.ORDINARY),
        public=root.flag("public"),
        legal_channel=root.one_of("legal_channel", LegalChannel) if root.has("legal_channel") else None,
        extension_by=root.one_of("extension_by", Level) if root.has("extension_by") else None,
        standards=_standards(root),
        words=root.texts("words", ()),
        examples=root.texts("examples"),
        checks=tuple(_check(row) for row in root.rows("checks")),
        courier=root.number("courier") if root.has("courier") else 0,
        retired=root.flag("retired"),
    )
    root.finish()
    if item.class_code not in classes or not classes[item.class_code].parent:
        root.fault("class", say("catalogue-file-no-such-class", code=item.class_code))
    for key, handlers in (("who", item.who), ("together_with", item.together_with)):
        if not item.admitted and any(handler.level is Level.GRID for handler in handlers):
            root.fault(key, say("catalogue-file-not-admitted"))
    levels = [list(Level).index(handler.level) for handler in item.who]
    if levels != sorted(levels):
        root.fault("who", say("catalogue-file-nearest-first"))
    if not item.who and item.legal_channel is None:
        root.fault("who", say("catalogue-file-nobody-acts"))
    return item


def _handlers(root: Row, key: str, departments: Mapping[str, Department]) -> tuple[Handler, ...]:
    handlers = []
    for written in root.texts(key):
        level, _, department = written.partition(":")
        fits = department in departments if level == Level.DEPARTMENT else not department and level in set(Level)
        if fits:
            handlers.append(Handler(Level(level), department))
        else:
            root.fault(key, say("catalogue-file-no-such-handler", value=written))
    return tuple(handlers)


def _helps(root: Row) -> tuple[Help, ...]:
    """What neighbours may be asked for, each once."""
    helps = []
    for written in root.texts("neighbours", ()):
        if written in set(Help) and written not in helps:
            helps.append(Help(written))
        else:
            root.fault("neighbours", say("neighbours-file-no-such-help", value=written, known=", ".join(Help)))
    return tuple(helps)


def _named_if_any(root: Row, key: str) -> Named | None:
    return root.named(key) if root.has(key) else None


def _standards(root: Row) -> dict[Standard, str]:
    """The codes of published classifications, written `{ "GB/T 39666" = "…" }`; one left empty is not mapped yet."""
    row = root.row("standards") if root.has("standards") else None
    if row is None:
        return {}
    codes = {standard: row.text(standard, "") for standard in Standard if row.has(standard)}
    row.finish()
    return {standard: code for standard, code in codes.items() if code}


def _own_promise(root: Row) -> Promise | None:
    row = root.row("promise") if root.has("promise") else None
    return _promise(row) if row else None


def _raise(row: Row) -> Raise:
    found = Raise(row.one_of("to", Urgency), row.texts("words"))
    row.finish()
    return found


def _check(row: Row) -> Check:
    check = Check(row.text("text"), row.one_of("urgency", Urgency))
    row.finish()
    return check


def _questions(root: Row) -> tuple[Question, ...]:
    questions: list[Question] = []
    for row in root.rows("question"):
        question = _question(row)
        if question.only_if and question.only_if.question not in {earlier.id for earlier in questions}:
            row.fault("only_if", say("catalogue-file-asked-too-late", question=question.only_if.question))
        questions.append(question)
    return tuple(questions)


def _question(row: Row) -> Question:
    question = Question(
        id=row.text("id"),
        kind=row.one_of("kind", AnswerKind),
        ask=row.named("ask"),
        options=tuple(_option(option) for option in row.rows("options")),
        only_if=_condition(row),
        required=row.flag("required"),
    )
    row.finish()
    if (question.kind is AnswerKind.CHOICE) != bool(question.options):
        row.fault("kind", say("catalogue-file-options"))
    return question


def _option(row: Row) -> tuple[str, Named]:
    option = row.text("id"), row.both()
    row.finish()
    return option


def _condition(row: Row) -> Condition | None:
    condition = row.row("only_if") if row.has("only_if") else None
    if condition is None:
        return None
    found = Condition(condition.text("question"), condition.texts("is"))
    condition.finish()
    return found
