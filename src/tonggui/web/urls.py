"""Addresses of the web part."""

from django.urls import include, path

from tonggui.web import hotspots
from tonggui.web.views import alarms, bell, feed, frames, home, maps, media, papers, session, status, todo, tracks

urlpatterns = [
    path("", home.home),
    path("home/fleet/", home.fleet),
    path("todo/", todo.page),
    path("messages/", bell.page),
    path("messages/read/", bell.read),
    path("messages/announce/", bell.announce),
    path("messages/<int:message>/", bell.follow),
    path("messages/<int:message>/mute/", bell.mute),
    path("messages/mutes/<int:mute>/lift/", bell.unmute),
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
    path("passes/media/<str:sha256>/", media.content),
    path("passes/", include("tonggui.web.passlist.urls")),
    path("hotspots/", hotspots.page),
    path("status/", status.status_page),
    path("m/", include("tonggui.web.phone.urls")),
    path("ledgers/<str:key>/papers/<int:n>.docx", papers.batch),
    path("ledgers/<str:key>/<str:number>/papers/<int:n>/", papers.preview),
    path("ledgers/<str:key>/<str:number>/papers/<int:n>.docx", papers.download),
]
