"""What can be asked for, and all that is known about it before anybody asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

from doorstep.core.time.limits import Limit, WorkingDays, WorkingHours

OTHER: Final = "other"
"""The item of what fits no other; its examples are texts that say nothing clear."""


class Named(NamedTuple):
    """A name or sentence that belongs to the data, in both languages."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Urgency(StrEnum):
    """How soon: the first of them is the soonest. Complex is no more urgent than ordinary, only longer."""

    CRITICAL = "critical"
    URGENT = "urgent"
    ORDINARY = "ordinary"
    COMPLEX = "complex"

    @property
    def rank(self) -> int:
        return list(Urgency).index(self)


class Kind(StrEnum):
    """What the resident wants from us."""

    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    TIP_OFF = "tip-off"
    SUGGESTION = "suggestion"
    THANKS = "thanks"
    ASSISTED = "assisted"
    REPORT = "report"


class Source(StrEnum):
    """By which way a case came to us."""

    RESIDENT = "resident"
    GRID_WORKER = "grid-worker"
    LIAISON = "liaison"
    HOTLINE = "hotline-12345"
    STATION = "station"
    VISIT = "visit"
    PROPERTY = "property"
    FROM_ABOVE = "from-above"
    SENSOR = "sensor"
    COURIER = "courier"
    HALL = "hall"


class Level(StrEnum):
    """Who may act, from the nearest to the farthest."""

    GRID = "grid"
    PROPERTY = "property"
    COMMUNITY = "community"
    SUBDISTRICT = "subdistrict"
    DEPARTMENT = "department"


class Sensitivity(StrEnum):
    """How carefully the words of such a case are kept (PIPL section 28 for the last)."""

    ORDINARY = "ordinary"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class LegalChannel(StrEnum):
    """Where the law itself sends a matter; we explain the way there and decide nothing."""

    LAWSUIT = "lawsuit"
    PETITION = "petition"
    REVIEW = "review"
    LABOUR = "labour"


class Standard(StrEnum):
    """Published classifications to whose codes an item can be mapped."""

    COMMUNITY_GRID = "GB/T 39666"
    URBAN_MANAGEMENT = "GB/T 30428.2"


class PauseReason(StrEnum):
    """What a holder may wait for."""

    RESIDENT = "resident"
    MATERIAL = "material"
    WEATHER = "weather"
    OTHER_UNIT = "other-unit"
    PROCEDURE = "procedure"
    OWNER_ABSENT = "owner-absent"


class Help(StrEnum):
    """What neighbours who signed up to be asked can lend a hand with; nothing that needs a trade or a badge."""

    LOOK_IN = "look-in"
    CARRY = "carry"
    STOP_WATER = "stop-water"
    KEEP_CLEAR = "keep-clear"
    SEARCH = "search"


class AnswerKind(StrEnum):
    YES_NO = "yes-no"
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True)
class Handler:
    """A level that may act, and for a department which one."""

    level: Level
    department: str = ""

    def __str__(self) -> str:
        return f"{self.level}:{self.department}" if self.department else str(self.level)


@dataclass(frozen=True)
class Raise:
    """Words that make such a case more urgent."""

    to: Urgency
    words: tuple[str, ...]


class Promise(NamedTuple):
    """What is promised to the resident, counted from the report."""

    first_contact: Limit
    finish: Limit


@dataclass(frozen=True)
class Condition:
    """Ask only if that other question was answered so."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One thing an item needs to know, asked once."""

    id: str
    kind: AnswerKind
    ask: Named
    options: tuple[tuple[str, Named], ...] = ()
    only_if: Condition | None = None
    required: bool = False


@dataclass(frozen=True)
class Check:
    """A sentence the classifier has never seen, and what it must make of it."""

    text: str
    urgency: Urgency


@dataclass(frozen=True)
class Item:
    """One thing that can be asked for.

    `who` lists who acts, the nearest first; `together_with` is called to help. Only an `admitted` item may be given to
    a grid. `accept` says when such a case is taken on and `done` when it counts as finished. `proof` is what whoever
    acts is asked to show; a photo is always welcome and never demanded. What is `public` concerns everybody, so that
    it goes on when the person who reported it lets go. `extension_by` is the lowest desk that may grant more time,
    where the one above the holder is not enough. `neighbours` is what people near by who signed up may be asked to
    help with; empty where no neighbour is asked. `standards` maps it to the codes of the published
    classifications; it ships empty, since the codes are the owner's to fill in. The classifier learns from `words`
    that people use for it and from `examples` of what they write; `checks` are never learnt from. What is `retired`
    is not offered any more; cases that have it go on.
    """

    id: str
    name: Named
    class_code: str
    kind: Kind
    urgency: Urgency
    hint: Named
    who: tuple[Handler, ...]
    admitted: bool = False
    together_with: tuple[Handler, ...] = ()
    neighbours: tuple[Help, ...] = ()
    raises: tuple[Raise, ...] = ()
    promise: Promise | None = None
    questions: tuple[Question, ...] = ()
    accept: Named | None = None
    done: Named | None = None
    proof: Named | None = None
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    public: bool = False
    legal_channel: LegalChannel | None = None
    extension_by: Level | None = None
    standards: Mapping[Standard, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    courier: int = 0
    """The place of its button among those of whoever sees it on the way; 0 is none."""
    retired: bool = False

    def questions_after(self, answers: Mapping[str, str]) -> tuple[Question, ...]:
        """The questions that make sense after these answers, in their order."""
        return tuple(
            question
            for question in self.questions
            if question.only_if is None or answers.get(question.only_if.question) in question.only_if.answers
        )


@dataclass(frozen=True)
class CaseClass:
    """A class (two digits) or sub-class (four digits) of cases."""

    code: str
    name: Named
    parent: str = ""
    retired: bool = False


@dataclass(frozen=True)
class Department:
    code: str
    name: Named


@dataclass(frozen=True)
class Danger:
    """Words that tell of danger to life, where to call, and the phrases in which they mean something else."""

    id: str
    dial: str
    item: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dangers:
    """All dangers that words can tell of. After a hedge ("what if", "afraid of") the danger is feared, not there."""

    dangers: tuple[Danger, ...]
    hedges: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """How long everything may take.

    `pause` says how long a holder may wait for what, `pauses` how long a case may stand still in all. `ladder` are the
    parts of the holder's time after which holder, head and the levels above are told. `unsigned` is after how long a
    case that nobody took is taken as signed for; `oldest_days`, how long ago anything may have happened.
    `burden_minutes`: what may be asked of one grid or desk in a year, in minutes, before the county has to agree.
    """

    promises: Mapping[Urgency, Promise]
    extension: WorkingDays
    objection: WorkingDays
    follow_up: WorkingDays
    reopen_days: int
    silence_days: int
    whistle: WorkingHours
    whistle_complex: WorkingDays
    pause: Mapping[PauseReason, WorkingDays]
    pauses: WorkingDays
    unsigned: Mapping[Urgency, Limit]
    ladder: tuple[float, ...]
    oldest_days: int
    burden_minutes: int = 1200


class DutyKind(StrEnum):
    """The five kinds of duties that are written down for each kind of post."""

    HEAR = "hear"
    ROUNDS = "rounds"
    SETTLE = "settle"
    SERVE = "serve"
    TELL = "tell"


@dataclass(frozen=True)
class Duty:
    """What one kind of post is there for; `items` are its tasks, all of them on the admission list."""

    kind: DutyKind
    says: Named
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duties:
    """The duties of each kind of post, by its code, in the five kinds and their order."""

    kinds: Mapping[DutyKind, Named]
    names: Mapping[str, Named]
    of_post: Mapping[str, tuple[Duty, ...]]


@dataclass(frozen=True)
class Catalogue:
    """All items with their classes, departments, limits, dangers and the duties of posts."""

    items: Mapping[str, Item]
    classes: Mapping[str, CaseClass]
    kinds: Mapping[Kind, Named]
    sources: Mapping[Source, Named]
    departments: Mapping[str, Department]
    limits: Limits
    dangers: Dangers
    duties: Duties

    def item(self, item_id: str) -> Item:
        return self.items[item_id]

    def promise(self, item: Item | None, urgency: Urgency) -> Promise:
        """The item's own promise, or else that of the urgency; what is more urgent than usual never waits longer."""
        if item is None or item.promise is None or urgency.rank < item.urgency.rank:
            return self.limits.promises[urgency]
        return item.promise

    @cached_property
    def offered(self) -> Mapping[str, Item]:
        """The items that may be asked for: neither they nor their class are retired. All others stay known by name."""
        return {key: item for key, item in self.items.items() if not (item.retired or self._class_retired(item))}

    @cached_property
    def taught(self) -> frozenset[str]:
        """The items on offer that have examples, so that words may be taken for them."""
        return frozenset(key for key, item in self.offered.items() if item.examples)

    def _class_retired(self, item: Item) -> bool:
        return any(
            self.classes[code].retired for code in (item.class_code, item.class_code[:2]) if code in self.classes
        )

    def admission_list(self) -> tuple[Item, ...]:
        """The items that may lawfully be given to a grid."""
        return tuple(item for item in self.offered.values() if item.admitted)
