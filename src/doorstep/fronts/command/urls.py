"""The command centre: map, figures, drill-down, wall; and the token with which a page listens."""

from django.urls import path

from doorstep.fronts.command import centre, layers

urlpatterns = [
    path("", centre.start, name="command-map"),
    path("areas/<int:area>/", centre.area, name="command-area"),
    path("areas/<int:area>/table.csv", centre.table, name="command-table"),
    path("areas/<int:area>/wall/", centre.wall, name="command-wall"),
    path("areas/<int:area>/listen/", centre.listen, name="command-listen"),
    path("areas/<int:area>/<slug:layer>.geojson", layers.layer, name="command-layer"),
]
