"""The addresses that platforms call when somebody writes to us there."""

from django.urls import path

from doorstep.fronts.groups import hooks

urlpatterns = [path("<slug:channel>", hooks.hook, name="groups-hook")]
