"""The features of a collection: areas as they were written once, cases as strangers may know them."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any, Final

import orjson
from django.http import HttpResponse

from doorstep.areas.published import Layer, Published, published
from doorstep.cases import published as cases
from doorstep.cases.published import Public, Wanted
from doorstep.core.text import language, say, text
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.fronts.features import asked
from doorstep.fronts.features.collections import CASES, COLLECTIONS, known_collection
from doorstep.fronts.features.entering import GEOJSON, CallRefused, NotThere, Request, answered, calls, known_only, link

OF_AREAS: Final = ("code", "name", "parent")
OF_CASES: Final = ("item", "status", "microgrid")
PAGED: Final = ("bbox", "datetime", "limit", "offset")
STATUSES: Final = {"open": True, "closed": False}
# Below this a page is packed in less time than it would take to look for it.
_LARGE: Final = 200_000
_MOST_KEPT: Final = 8


@calls
def items(request: Request, collection: str) -> HttpResponse:
    """One page of a collection, with a link to the next."""
    name = known_collection(collection)
    known_only(request, (*PAGED, *(OF_CASES if name == CASES else OF_AREAS)))
    if name == CASES:
        return _cases(request)
    return _areas(request, name)


@calls
def item(request: Request, collection: str, feature: str) -> HttpResponse:
    """One feature by its id: the code of an area, the number of a case."""
    name = known_collection(collection)
    known_only(request, ())
    shown = published(local_date(request.at))
    if name == CASES:
        found = cases.numbered([feature])
        written = orjson.dumps(_case(found[0], shown)) if found else None
    else:
        layer = shown.layer(COLLECTIONS[name])
        written = layer.features[layer.place[feature]] if feature in layer.place else None
    if written is None:
        raise NotThere(say("features-no-feature"), say("features-no-feature-try"), "feature")
    links = [link(f"collections/{name}/items/{feature}", "self", GEOJSON), link(f"collections/{name}", "collection")]
    return answered(written[:-1] + b',"links":' + orjson.dumps(links) + b"}", GEOJSON)


# Areas ----------------------------------------------------------------------------------------------------------------


def _areas(request: Request, name: str) -> HttpResponse:
    shown = published(local_date(request.at))
    limit = asked.whole(request, "limit", asked.LIMIT, 1, asked.MOST)
    offset = asked.whole(request, "offset", 0, 0, asked.FARTHEST)
    # The same arguments of the same areas are the same page, wherever it is written.
    key = hashlib.blake2b(f"{shown.version} {name} {sorted(request.GET.items())}".encode(), digest_size=12).hexdigest()
    page = _kept.get(key)
    if page is None:
        layer = shown.layer(COLLECTIONS[name])
        places = list(_matching(request, layer))
        chosen = places[offset : offset + limit]
        written = _collection(request, name, [layer.features[each] for each in chosen], len(places), offset, limit)
        page = _kept.put(key, written)
    return _packed(request, page, key)


def _matching(request: Request, layer: Layer) -> Iterator[int]:
    span, window = asked.span(request), asked.window(request)
    wanted = [
        (column, request.GET[name])
        for name, column in (("code", layer.codes), ("name", layer.names), ("parent", layer.parents))
        if request.GET.get(name)
    ]
    for place in layer.within(window):
        if all(column[place] == value for column, value in wanted) and (span is None or _is_in(layer, place, span)):
            yield place


def _is_in(layer: Layer, place: int, span: asked.Span) -> bool:
    """Whether an area was there in that time; what is in force goes on, and what has no day has always been."""
    since = layer.since[place]
    return since is None or span.until is None or since <= span.until.astimezone(LOCAL).date()


class _Kept:
    """The last large pages with their packed form: packing ten thousand areas takes longer than all the rest."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, tuple[bytes, bytes]] = OrderedDict()

    def get(self, key: str) -> tuple[bytes, bytes] | None:
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: str, written: bytes) -> tuple[bytes, bytes]:
        """The page as it is and packed; kept where it is large."""
        if len(written) < _LARGE:
            return written, b""
        page = written, gzip.compress(written, compresslevel=1, mtime=0)
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > _MOST_KEPT:
                self._pages.popitem(last=False)
        return page


_kept = _Kept()


def _packed(request: Request, page: tuple[bytes, bytes], key: str) -> HttpResponse:
    plain, packed = page
    is_packed = bool(packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    answer = answered(packed if is_packed else plain, GEOJSON)
    # So large a page is sent as it is to whoever takes no packed one; nobody packs it anew each time.
    if packed:
        answer.headers["Content-Encoding"] = "gzip" if is_packed else "identity"
    answer.headers["ETag"] = f'W/"{key}"'
    return answer


# Cases ----------------------------------------------------------------------------------------------------------------


def _cases(request: Request) -> HttpResponse:
    shown = published(local_date(request.at))
    limit = asked.whole(request, "limit", asked.LIMIT, 1, asked.MOST)
    offset = asked.whole(request, "offset", 0, 0, asked.MOST * 10)
    window, span = asked.window(request), asked.span(request)
    microgrids = None if window is None else shown.spots_within(window)
    if code := request.GET.get("microgrid"):
        named = [each for each, spot in shown.spots.items() if spot.code == code]
        microgrids = named if microgrids is None else sorted(set(named) & set(microgrids))
    wanted = Wanted(
        items=[request.GET["item"]] if request.GET.get("item") else None,
        since=span.since if span else None,
        until=span.until if span else None,
        is_open=_is_open(request),
        microgrids=microgrids,
    )
    found = cases.listed(wanted, limit=limit + 1, offset=offset)
    features = [orjson.dumps(_case(each, shown)) for each in found[:limit]]
    matched = cases.count_of(wanted)
    return answered(_collection(request, CASES, features, matched, offset, limit, more=len(found) > limit), GEOJSON)


def _is_open(request: Request) -> bool | None:
    status = request.GET.get("status", "")
    if status and status not in STATUSES:
        raise CallRefused(say("features-no-status"), say("features-no-status-try"), "status")
    return STATUSES[status] if status else None


def _case(case: Public, shown: Published) -> dict[str, Any]:
    spot = shown.spots.get(case.microgrid) if case.microgrid else None
    known = cases.item_called(case.item)
    return {
        "type": "Feature",
        "id": case.number,
        "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]} if spot else None,
        "properties": {
            "number": case.number,
            "item": case.item,
            "name": known.said(language()) if known else case.item,
            "status": "open" if case.is_open else "closed",
            "state": case.state,
            "standing": text(f"cases-state-{case.state}"),
            "reported": case.reported_at,
            "updated": case.updated_at,
            "promised": case.promised_by,
            "unit": case.unit or None,
            "microgrid": spot.code if spot else None,
            "community": case.community or None,
        },
    }


# Both -----------------------------------------------------------------------------------------------------------------


def _collection(
    request: Request,
    name: str,
    features: Sequence[bytes],
    matched: int | None,
    offset: int,
    limit: int,
    *,
    more: bool | None = None,
) -> bytes:
    """A FeatureCollection around features that are written already."""
    path, given = f"collections/{name}/items", {key: str(each) for key, each in request.GET.items() if key != "offset"}
    links = [
        link(path, "self", GEOJSON, **given, offset=offset or None),
        link(f"collections/{name}", "collection"),
    ]
    is_more = more if more is not None else offset + len(features) < (matched or 0)
    if is_more:
        links.append(link(path, "next", GEOJSON, **given, offset=offset + limit))
    if offset:
        links.append(link(path, "prev", GEOJSON, **given, offset=max(0, offset - limit) or None))
    head = {"type": "FeatureCollection", "timeStamp": request.at.isoformat(timespec="seconds"), "links": links}
    counts = {"numberReturned": len(features), **({} if matched is None else {"numberMatched": matched})}
    written = orjson.dumps({**head, **counts})
    return b"".join((written[:-1], b',"features":[', b",".join(features), b"]}"))
