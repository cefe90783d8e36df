"""Which door is where."""

from importlib.util import find_spec

from django.urls import include, path

# Each door keeps its own addresses in `fronts/<door>/urls.py`.
DOORS = (
    ("", "resident"),
    ("staff/", "staff"),
    ("desk/districting/", "districting"),
    ("desk/catalogue/", "catalogue"),
    ("desk/admission/", "admission"),
    ("desk/demands/", "demands"),
    ("desk/reports/", "reports"),
    ("desk/mediation/", "mediation"),
    ("desk/", "alerts"),
    ("desk/", "desk"),
    ("field/", "field"),
    ("command/", "command"),
    ("api/", "open"),
    ("open311/", "open311"),
    ("features/", "features"),
    ("hooks/", "groups"),
    ("h/", "outside"),
    ("calendars/", "calendars"),
    ("m/", "parties"),
    ("proofs/", "proofs"),
    ("design/", "design"),
    ("preferences/", "preferences"),
)

urlpatterns = [
    path(prefix, include(f"doorstep.fronts.{door}.urls"))
    for prefix, door in DOORS
    if find_spec(f"doorstep.fronts.{door}") and find_spec(f"doorstep.fronts.{door}.urls")
]

handler400 = "doorstep.fronts.refusing.wrong_address"
handler404 = "doorstep.fronts.refusing.not_found"
handler500 = "doorstep.fronts.refusing.server_error"
