"""Addresses of the web part."""

from django.urls import path

from tonggui.web.views import alarms, feed, frames, home, maps, session, status, tracks

urlpatterns = [
    path("", home.home),
    path("home/fleet/", home.fleet),
    path("login/", session.login_page),
    path("logout/", session.logout_page),
    path("password/", session.password_page),
    path("feed/", feed.feed),
    path("map/", maps.live_map),
    path("map/track/", tracks.track_page),
    path("map/track.json", tracks.track_data),
    path("map/find/", maps.find),
    path("map/card/<int:row>/", maps.card),
    path("map/areas.geojson", maps.areas),
    path("map/base/<str:name>", maps.base_map),
    path("alarms/", alarms.alarm_page),
    path("frames/<slug:log>/<int:position>/", frames.frame_page),
    path("frames/<slug:log>/<int:position>/judgement/", frames.judgement),
    path("status/", status.status_page),
]
