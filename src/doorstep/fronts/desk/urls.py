"""Addresses of the desks."""

from django.urls import path

from doorstep.fronts.desk import case, queue, report

urlpatterns = [
    path("", queue.queue, name="desk-queue"),
    path("queue.csv", queue.queue_csv, name="desk-queue-csv"),
    path("report/", report.report_for, name="desk-report"),
    path("cases/<str:number>/", case.case, name="desk-case"),
    path("cases/<str:number>/print/", case.printed, name="desk-case-print"),
    path("cases/<str:number>/contact/", case.contact, name="desk-case-contact"),
    path("cases/<str:number>/<slug:name>/", case.move, name="desk-case-move"),
    path("photos/<str:name>/", case.photo, name="desk-photo"),
    path("photos/<str:name>/small/", case.thumbnail, name="desk-photo-small"),
]
