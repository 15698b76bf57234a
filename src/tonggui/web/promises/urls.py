"""Addresses of warnings, duties and the bureau's own values."""

from django.urls import path

from tonggui.web.promises import duties, parameters, warnings

urlpatterns = [
    path("warnings/", warnings.page, name="warnings"),
    path("warnings/home/", warnings.home, name="home_warnings"),
    path("warnings/mute/", warnings.mute, name="mute_warning"),
    path("warnings/mute/<int:pk>/lift/", warnings.lift, name="lift_mute"),
    path("duties/", duties.page, name="duties"),
    path("duties/missed/", duties.missed, name="missed_duties"),
    path("duties/start/", duties.start, name="start_duty"),
    path("parameters/", parameters.page, name="parameters"),
]
