"""Addresses of the desks."""

from django.urls import path, register_converter

from doorstep.fronts.desk import case, queue, report


class CaseNumber:
    """What may be a case number at all; anything else is no page."""

    regex = "[0-9-]{1,20}"

    to_python = to_url = staticmethod(str)


class PictureName:
    """What a picture may be called."""

    regex = "[A-Za-z0-9_-]{1,40}"

    to_python = to_url = staticmethod(str)


register_converter(CaseNumber, "casenumber")
register_converter(PictureName, "picture")

urlpatterns = [
    path("", queue.queue, name="desk-queue"),
    path("queue.csv", queue.queue_csv, name="desk-queue-csv"),
    path("report/", report.report_for, name="desk-report"),
    path("cases/<casenumber:number>/", case.case, name="desk-case"),
    path("cases/<casenumber:number>/print/", case.printed, name="desk-case-print"),
    path("cases/<casenumber:number>/contact/", case.contact, name="desk-case-contact"),
    path("cases/<casenumber:number>/<slug:name>/", case.move, name="desk-case-move"),
    path("photos/<picture:name>/", case.photo, name="desk-photo"),
    path("photos/<picture:name>/small/", case.thumbnail, name="desk-photo-small"),
]
