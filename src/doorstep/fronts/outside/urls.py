"""Addresses of outside handlers: a link is all that they have."""

from django.urls import path

from doorstep.fronts.outside import part

urlpatterns = [
    path("<str:token>/", part.shown, name="outside-part"),
    path("<str:token>/do/<slug:move>/", part.do, name="outside-do"),
    path("<str:token>/photos/<slug:name>/", part.photo, name="outside-photo"),
]
