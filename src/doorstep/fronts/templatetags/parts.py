"""The parts of which pages are put together; `/design` shows each of them, `docs/reference/parts.md` lists them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from doorstep.core.refusals import Refusal
from doorstep.fronts import parts
from doorstep.fronts.parts import TONES, Words

register = template.Library()

# As many places as a thumb finds side by side.
BAR = 5


# Small things ---------------------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, label: Words = "") -> SafeString:
    """A drawing from the sprite; with a label it speaks for itself, else the words beside it do."""
    if not label:
        return _silent_icon(name)
    drawing = f"{static('icons.svg')}#{name}"
    return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, drawing)


@lru_cache(maxsize=256)
def _silent_icon(name: str) -> SafeString:
    # A list of fifty cases draws some two hundred of them.
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("icons.svg"), name)


@register.simple_tag
def status(tone: str, words: Words, symbol: str = "") -> SafeString:
    """How a thing stands: tone, icon and word together, since colour alone says nothing."""
    return format_html('<span class="tag" data-tone="{}">{}{}</span>', tone, icon(symbol or TONES[tone]), words)


# Blocks around the page's own content ---------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: str, tone: str = "quiet", title: Words = "", symbol: str = "") -> str:
    """A message that stays: `{% notice "waiting" title=words %}…{% endnotice %}`."""
    return _drawn("notice", tone=tone, title=title, symbol=symbol or TONES[tone], content=content)


@register.simple_block_tag
def panel(content: str, title: Words, mine: bool = False, id: str = "") -> str:  # noqa: A002 - HTML's own word
    """A framed part of the page; `mine` marks what waits for the reader."""
    return _drawn("panel", title=title, mine=mine, id=id, content=content)


@register.simple_block_tag
def nothing(content: str, title: Words, symbol: str = "box") -> str:
    """What stands where there is nothing yet, and what to do then."""
    return _drawn("nothing", title=title, symbol=symbol, content=content)


@register.simple_block_tag
def dialog(content: str, id: str, title: Words) -> str:  # noqa: A002 - HTML's own word
    """A dialog that a link with `data-opens="id"` opens; without scripts that link leads to a page of its own."""
    return _drawn("dialog", id=id, title=title, content=content)


@register.simple_block_tag
def mapframe(
    content: str,
    id: str,  # noqa: A002 - HTML's own word
    title: Words,
    layers: dict[str, str] | None = None,
    on_request: bool = False,
    example: bool = False,
    small: bool = False,
    choose: str = "",
) -> str:
    """A map with its legend and notices; the content is the same as a list, for whoever cannot use the map.

    `layers` names the GeoJSON addresses: roads, water, green, buildings, microgrids, grids, pins, counts. `choose` is
    the name of the field that a press on the map fills with a point.
    """
    return _drawn(
        "map",
        id=id,
        title=title,
        layers=layers or {},
        on_request=on_request,
        example=example,
        small=small,
        choose=choose,
        content=content,
    )


@register.simple_block_tag
def chartframe(
    content: str,
    id: str,  # noqa: A002 - HTML's own word
    title: Words,
    kind: str = "bar",
    csv: str = "",
    low: bool = False,
    beside: bool = True,
) -> str:
    """A chart drawn from the table it holds: the table is the data. `kind` is bar, stacked, line or rows."""
    return _drawn("chart", id=id, title=title, kind=kind, csv=csv, low=low, beside=beside, content=content)


# Lists of things ------------------------------------------------------------------------------------------------------


@register.simple_tag
def refusal(refused: Refusal | None) -> str:
    """What was refused, why, and what to do next."""
    return _drawn("refusal", refused=refused) if refused else ""


@register.simple_tag
def call_now() -> str:
    """Danger now: the three numbers to dial."""
    return _drawn("call_now")


@register.simple_tag
def error_summary(faults: Sequence[parts.Fault], focus: bool = True) -> str:
    """All that is wrong with a form, each a link to its field."""
    return _drawn("error_summary", faults=faults, focus=focus) if faults else ""


@register.simple_tag
def life(steps: Sequence[parts.Step]) -> str:
    """The life of a case, oldest first; what is still to come has no time."""
    return _drawn("life", steps=steps)


@register.simple_tag(takes_context=True)
def moves(context: Context, mine: Sequence[parts.Move], others: Sequence[parts.MayDo] = (), over: bool = False) -> str:
    """Who can do what now: the reader's own moves as buttons, those of others in words; `over` when all is ended."""
    return _drawn("moves", mine=mine, others=others, over=over, csrf_token=context.get("csrf_token", ""))


@register.simple_tag
def nav(places: Sequence[parts.Place]) -> str:
    """The navigation of public pages."""
    return _drawn("nav", places=places)


@register.simple_tag
def rail(places: Sequence[parts.Place]) -> str:
    """The navigation of staff pages: beside the work on a desk."""
    return _drawn("rail", places=places)


@register.simple_tag
def bottom_bar(places: Sequence[parts.Place]) -> str:
    """The navigation of staff pages: under the thumb on a phone; the first four places and the last, one's own."""
    return _drawn("bottom_bar", places=places if len(places) <= BAR else [*places[: BAR - 1], places[-1]])


@register.simple_tag
def tabs(places: Sequence[parts.Place], label: Words) -> str:
    """Pages beside each other."""
    return _drawn("tabs", places=places, label=label)


@register.simple_tag
def crumbs(places: Sequence[parts.Place]) -> str:
    """Where we are in the territory, the county first."""
    return _drawn("crumbs", places=places)


@register.simple_tag
def pairs(rows: Iterable[tuple[Words, Any]]) -> str:
    """Names and values below each other."""
    return _drawn("pairs", rows=rows)


@register.simple_tag
def seat(held: parts.Seat) -> str:
    """A post and who holds it, or that it is vacant."""
    return _drawn("seat", seat=held)


@register.simple_tag
def figures(boxes: Sequence[parts.Figure]) -> str:
    """Numbers worth a box of their own."""
    return _drawn("figures", boxes=boxes)


@register.simple_tag
def progress(done: int, whole: int, words: Words, late: bool = False) -> str:
    """How far something has come, in words and as a bar."""
    return _drawn("progress", done=done, whole=whole, words=words, late=late)


@register.simple_tag
def pager(earlier: str = "", later: str = "", words: Words = "") -> str:
    """To the pages before and after."""
    return _drawn("pager", earlier=earlier, later=later, words=words)


@register.simple_tag
def qr_sheet(posters: Sequence[parts.Poster]) -> str:
    """QR codes for doors and stations, to be printed."""
    return _drawn("qr_sheet", posters=[(poster, mark_safe(poster.svg)) for poster in posters])  # noqa: S308 - ours


@register.simple_tag(takes_context=True)
def heading(context: Context, words: Words, sort: str = "", number: bool = False) -> str:
    """A table's heading; with `sort` a link that orders by it, and back again (`?sort=due`, `?sort=-due`)."""
    if not sort:
        return _drawn("heading", words=words, number=number)
    query = context["request"].GET.copy()
    order = {sort: "ascending", f"-{sort}": "descending"}.get(query.get("sort", ""), "")
    query["sort"] = f"-{sort}" if order == "ascending" else sort
    query.pop("page", None)
    return _drawn("heading", words=words, number=number, order=order, url=f"?{query.urlencode()}")


# Fields ---------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def field(
    context: Context,
    name: str,
    label: Words,
    value: Any = "",
    hint: Words = "",
    error: Words = "",
    type: str = "text",  # noqa: A002 - HTML's own word
    optional: bool = False,
    lines: int = 0,
    short: bool = False,
    **attributes: Any,
) -> str:
    """One question and room for its answer: a line, with `lines` a text, or a file; attributes go to the input.

    An underscore in an attribute's name becomes a hyphen; False and None leave it out, True writes it bare.
    """
    return _drawn(
        "field",
        **_asked(context, name, label, value, hint, error, optional),
        type=type,
        lines=lines,
        short=short,
        attributes=_attributes(attributes),
    )


@register.simple_tag(takes_context=True)
def select(
    context: Context,
    name: str,
    label: Words,
    choices: Iterable[parts.Choice | tuple[str, Words]],
    value: str = "",
    hint: Words = "",
    error: Words = "",
    optional: bool = False,
    **attributes: Any,
) -> str:
    """One answer out of many."""
    return _drawn(
        "select",
        **_asked(context, name, label, value, hint, error, optional),
        choices=[_choice(each, {value}) for each in choices],
        attributes=_attributes(attributes),
    )


@register.simple_tag(takes_context=True)
def choices(
    context: Context,
    name: str,
    label: Words,
    choices: Iterable[parts.Choice | tuple[str, Words]],
    value: str | Iterable[str] = "",
    hint: Words = "",
    error: Words = "",
    many: bool = False,
    beside: bool = False,
    optional: bool = False,
) -> str:
    """A few answers, all to be seen: one of them, or with `many` any of them. Above a dozen, words narrow them."""
    picked = {value} if isinstance(value, str) else set(value)
    drawn = [_choice(each, picked) for each in choices]
    return _drawn(
        "choices",
        **_asked(context, name, label, "", hint, error, optional),
        choices=drawn,
        many_to_read=len(drawn) > 12,
        many=many,
        beside=beside,
    )


@register.simple_tag(takes_context=True)
def tick(context: Context, name: str, label: Words, checked: bool = False, hint: Words = "") -> str:
    """One thing to agree to."""
    return _drawn("tick", id=_id(context, name), name=name, label=label, checked=checked, hint=hint)


def _asked(
    context: Context, name: str, label: Words, value: Any, hint: Words, error: Words, optional: bool
) -> dict[str, Any]:
    own = _id(context, name)
    told = [f"{own}-{what}" for what, words in (("hint", hint), ("error", error)) if words]
    return {
        "name": name,
        "id": own,
        "label": label,
        "value": "" if value is None else value,
        "hint": hint,
        "error": error,
        "optional": optional,
        "told": " ".join(told),
    }


def _id(context: Context, name: str) -> str:
    """What labels and hints call a field by; forms that stand side by side tell theirs apart by `in_form`."""
    form = context.get("in_form")
    return f"field-{form}-{name}" if form else f"field-{name}"


def _choice(each: parts.Choice | tuple[str, Words], picked: set[str]) -> tuple[parts.Choice, bool]:
    choice = each if isinstance(each, parts.Choice) else parts.Choice(*each)
    return choice, choice.value in picked


def _attributes(named: dict[str, Any]) -> SafeString:
    written = [
        format_html(" {}", name.replace("_", "-"))
        if value is True
        else format_html(' {}="{}"', name.replace("_", "-"), value)
        for name, value in named.items()
        if value is not None and value is not False
    ]
    return SafeString("".join(written))


def _drawn(part: str, **given: Any) -> str:
    return render_to_string(f"parts/{part}.html", given)
