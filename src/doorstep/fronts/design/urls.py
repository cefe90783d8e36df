"""The design page: every token and every part, as whoever builds a page will use them."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from doorstep.fronts.design import example
from doorstep.fronts.entering import for_the_public, without_transaction


@for_the_public
@without_transaction
def parts(request: HttpRequest) -> HttpResponse:
    """All parts on one public page."""
    return render(request, "design/parts.html", example.everything())


@for_the_public
@without_transaction
def staff(request: HttpRequest) -> HttpResponse:
    """The frame of staff pages, with a queue in it."""
    return render(request, "design/staff.html", example.everything())


@for_the_public
@without_transaction
def wall(request: HttpRequest) -> HttpResponse:
    """The frame of the wall screen."""
    return render(request, "design/wall.html", example.everything())


@for_the_public
@without_transaction
def sheet(request: HttpRequest) -> HttpResponse:
    """QR codes as they are printed."""
    return render(request, "design/sheet.html", example.everything())


@for_the_public
@without_transaction
def layer(request: HttpRequest, name: str) -> JsonResponse:
    """A layer of the invented neighbourhood."""
    layers = example.layers()
    if name not in layers:
        raise Http404(name)
    return JsonResponse(layers[name], content_type="application/geo+json")


urlpatterns = [
    path("", parts, name="design"),
    path("staff/", staff, name="design-staff"),
    path("wall/", wall, name="design-wall"),
    path("sheet/", sheet, name="design-sheet"),
    path("map/<slug:name>.json", layer, name="design-layer"),
]
