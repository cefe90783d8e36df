"""Addresses of the desk that keeps the catalogue."""

from django.urls import path, register_converter

from doorstep.fronts.catalogue import editing, exchanging, listing, sheet, trying


class SheetName:
    """What may be the name of a sheet."""

    regex = "items/[a-z0-9][a-z0-9-]{0,58}|classes/[0-9]{2}|limits|departments|dangers|duties"

    to_python = to_url = staticmethod(str)


register_converter(SheetName, "sheet")

urlpatterns = [
    path("", listing.listed, name="desk-catalogue"),
    path("new/", editing.begin, name="desk-catalogue-new"),
    path("catalogue.xlsx", exchanging.export, name="desk-catalogue-export"),
    path("import/", exchanging.take_in, name="desk-catalogue-import"),
    path("<sheet:name>/", sheet.one, name="desk-sheet"),
    path("<sheet:name>/edit/", editing.edit, name="desk-sheet-edit"),
    path("<sheet:name>/try/", trying.preview, name="desk-sheet-try"),
    path("<sheet:name>/compare/", sheet.compare, name="desk-sheet-compare"),
    path("<sheet:name>/publish/", sheet.publish, name="desk-sheet-publish"),
    path("<sheet:name>/undo/", sheet.undo, name="desk-sheet-undo"),
    path("<sheet:name>/take-back/", sheet.take_back, name="desk-sheet-take-back"),
]
