"""Addresses of the desks."""

from django.urls import include, path, register_converter

from doorstep.fronts.desk import (
    absent,
    calendar,
    case,
    counter,
    doors,
    exchange,
    exports,
    helping,
    meeting,
    neighbours,
    outside,
    places,
    posters,
    queue,
    report,
    together,
)
from doorstep.fronts.desk.rota import deed as rota_deed
from doorstep.fronts.desk.rota import rota
from doorstep.fronts.desk.topics import topics, topics_csv


class CaseNumber:
    """What may be a case number at all; anything else is no page."""

    regex = "[0-9-]{1,20}"

    to_python = to_url = staticmethod(str)


register_converter(CaseNumber, "casenumber")

urlpatterns = [
    path("", queue.queue, name="desk-queue"),
    path("calendar/", calendar.calendar, name="desk-calendar"),
    path("calendar/set/", calendar.save, name="desk-calendar-set"),
    path("calendar/unset/", calendar.unset, name="desk-calendar-unset"),
    path("exports/", exports.listed, name="desk-exports"),
    path("exports/ask/", exports.ask, name="desk-export-ask"),
    path("exports/<int:export>/decide/", exports.decide, name="desk-export-decide"),
    path("exports/<int:export>/file/", exports.fetch, name="desk-export-fetch"),
    path("doors/", doors.doors, name="desk-doors"),
    path("doors/print/", doors.printed, name="desk-doors-print"),
    path("doors/posters.pdf", posters.posters, name="desk-doors-posters"),
    path("doors/retire/", doors.retire, name="desk-doors-retire"),
    path("map/<int:community>/microgrids.geojson", places.microgrids, name="desk-microgrids"),
    path("map/<casenumber:number>/place.geojson", places.place, name="desk-case-place"),
    path("report/", report.report_for, name="desk-report"),
    path("counter/", counter.counter, name="desk-counter"),
    path("help/", helping.help_here, name="desk-help"),
    path("topics/", topics, name="desk-topics"),
    path("meeting/", meeting.meeting, name="desk-meeting"),
    path("rota/", rota, name="desk-rota"),
    path("rota/do/<slug:name>", rota_deed, name="desk-rota-do"),
    path("topics.csv", topics_csv, name="desk-topics-csv"),
    path("exchange/", exchange.exchange, name="desk-exchange"),
    path("exchange/partners", exchange.open_partner, name="desk-exchange-open"),
    path("exchange/partners/<int:partner>/key", exchange.renew, name="desk-exchange-renew"),
    path("exchange/partners/<int:partner>/end", exchange.end, name="desk-exchange-end"),
    path("exchange/partners/<int:partner>/answers.csv", exchange.answers_csv, name="desk-exchange-answers"),
    path("tables/", include("doorstep.fronts.desk.table.urls")),
    path("cases/<casenumber:number>/", case.case, name="desk-case"),
    path("cases/<casenumber:number>/print/", case.printed, name="desk-case-print"),
    path("cases/<casenumber:number>/contact/", case.contact, name="desk-case-contact"),
    path("cases/<casenumber:number>/decided/", meeting.decide, name="desk-meeting-decide"),
    path("cases/<casenumber:number>/together/", together.together, name="desk-together"),
    path("cases/<casenumber:number>/together/call/", together.call, name="desk-together-call"),
    path("cases/<casenumber:number>/together/judge/", together.judge, name="desk-together-judge"),
    path("cases/<casenumber:number>/outside/", outside.outside, name="desk-outside"),
    path("cases/<casenumber:number>/outside/give/", outside.give, name="desk-outside-give"),
    path("cases/<casenumber:number>/outside/again/", outside.send_again, name="desk-outside-again"),
    path("cases/<casenumber:number>/outside/withdraw/", outside.withdraw, name="desk-outside-withdraw"),
    path("cases/<casenumber:number>/neighbours/", neighbours.shown, name="desk-neighbours"),
    path("cases/<casenumber:number>/neighbours/call/", neighbours.call, name="desk-neighbours-call"),
    path("cases/<casenumber:number>/neighbours/call-off/", neighbours.call_off, name="desk-neighbours-call-off"),
    path("cases/<casenumber:number>/absent/", absent.shown, name="desk-absent"),
    path("cases/<casenumber:number>/absent/record/", absent.record, name="desk-absent-record"),
    path("cases/<casenumber:number>/absent/wait/", absent.wait, name="desk-absent-wait"),
    path("cases/<casenumber:number>/absent/notice/", absent.notice, name="desk-absent-notice"),
    path("calls/", together.latest, name="desk-calls"),
    path("cases/<casenumber:number>/<slug:name>/", case.move, name="desk-case-move"),
]
