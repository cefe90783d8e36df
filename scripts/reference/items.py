"""Every service item that ships: its class, urgency, who acts and what is promised; from `catalogue/`."""

from __future__ import annotations

from collections.abc import Iterator

from doorstep.catalogue.files import read_catalogue
from doorstep.catalogue.item import Catalogue, Handler, Item, Level, Urgency
from doorstep.core.text import text
from doorstep.core.time.limits import Hours, Limit, WorkingDays, WorkingHours
from reference._tables import table

LANGUAGES = ("en", "zh")

TITLE = {"en": "# Service items", "zh": "# 服务事项"}
LEAD = {
    "en": "What can be asked for. An item marked ✓ is on the admission list: only those may be given to a grid.\n"
    "A promise marked * is the item's own; the others follow from the urgency\n"
    "([how to add an item](../how-to/add-a-service-item.md)). Each table is followed by when an item is taken on and\n"
    "when it counts as done. The codes of GB/T 39666 and GB/T 30428.2 (`standards`) are left for the owner to fill in.",
    "zh": "可以反映和申请的事项。标 ✓ 的列入准入事项清单，只有这些可以交给网格；\n"
    "承诺时限标 * 的为事项自定，其余按紧急程度（[怎样增加事项](../how-to/add-a-service-item.md)，英文）。\n"
    "表后列出各事项的受理范围和办结标准。GB/T 39666、GB/T 30428.2 的对应代码（`standards`）留待使用单位填写。",
}
COLUMNS = {
    "en": ("id", "name", "urgency", "who acts, the nearest first", "grid", "promise"),
    "zh": ("编号", "名称", "紧急程度", "承办（由近及远）", "准入", "承诺"),
}
LEVELS = {
    "en": {Level.GRID: "grid", Level.PROPERTY: "property company", Level.COMMUNITY: "community desk",
           Level.SUBDISTRICT: "subdistrict office"},
    "zh": {Level.GRID: "网格", Level.PROPERTY: "物业", Level.COMMUNITY: "社区", Level.SUBDISTRICT: "镇（街道）"},
}  # fmt: skip
LAW = {"en": "the law's own channel", "zh": "法定渠道"}


def page(lang: str) -> str:
    """The whole page in one language, by class."""
    catalogue = read_catalogue()
    return "\n".join([TITLE[lang], "", LEAD[lang], "", *_classes(catalogue, lang)])


def _classes(catalogue: Catalogue, lang: str) -> Iterator[str]:
    for code, each in sorted(catalogue.classes.items()):
        items = [item for item in catalogue.items.values() if item.class_code[:2] == code]
        if len(code) == len("01") and items:
            yield f"## {code} {each.name.said(lang)}\n"
            rows = sorted(items, key=lambda item: (item.class_code, item.id))
            yield table(COLUMNS[lang], [_row(item, catalogue, lang) for item in rows])
            yield from (_criteria(item, lang) for item in rows)
            yield ""


def _row(item: Item, catalogue: Catalogue, lang: str) -> tuple[str, ...]:
    who = [_who(handler, catalogue, lang) for handler in item.who]
    if item.legal_channel is not None:
        who.append(LAW[lang])
    return (
        f"`{item.id}`",
        item.name.said(lang),
        text(f"cases-urgency-{item.urgency}", lang),
        (", " if lang == "en" else "、").join(who),
        "✓" if item.admitted else "",
        _promise(item, catalogue, item.urgency, lang),
    )


def _criteria(item: Item, lang: str) -> str:
    """When it is taken on and when it is done, as one line of a list."""
    accept, done = (named.said(lang) if named else "—" for named in (item.accept, item.done))
    if lang == "en":
        return f"- `{item.id}` taken on: {accept} *Done when:* {done}"
    return f"- `{item.id}` 受理：{accept}*办结：*{done}"


def _who(handler: Handler, catalogue: Catalogue, lang: str) -> str:
    if handler.level is Level.DEPARTMENT:
        return catalogue.departments[handler.department].name.said(lang)
    return LEVELS[lang][handler.level]


def _promise(item: Item, catalogue: Catalogue, urgency: Urgency, lang: str) -> str:
    own = "" if item.promise is None else " *"
    return _limit(catalogue.promise(item, urgency).finish, lang) + own


def _limit(limit: Limit, lang: str) -> str:
    if lang == "en":
        return str(limit)
    unit = {Hours: "小时", WorkingHours: "个工作小时", WorkingDays: "个工作日"}[type(limit)]
    return f"{limit.count:g} {unit}"
