"""Where the switches in the page's head lead."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from doorstep.fronts.asked import our_page
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.preferences import OFFERED

A_YEAR_S = 365 * 24 * 3600


@for_the_public
@without_transaction
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to the page it was chosen on."""
    response = SeeOther(our_page(request.POST.get("next", ""), otherwise="/"))
    for name, offers in OFFERED.items():
        chosen = request.POST.get(name)
        if chosen in offers:
            response.set_cookie(
                name, chosen, max_age=A_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure()
            )
    return response


urlpatterns = [path("", choose, name="preferences")]
