"""Addresses of the phone pages; the worker stands at their root, for it rules what lies below it."""

from django.urls import path, re_path

from tonggui.web.phone import certificate, views

urlpatterns = [
    path("", views.shell),
    path("sw.js", views.worker),
    path("manifest.webmanifest", views.manifest),
    path("kit.json", views.kit),
    path("near.json", views.near),
    path("options/<str:key>/<str:name>/", views.options),
    path("records/<str:key>/<str:number>/", views.record),
    re_path(r"^files/(?P<key>[a-z_.]+)/(?P<digest>[0-9a-f]{64})/$", views.file),
    path("entries/", views.entries),
    path("certificate/", certificate.page),
    path("certificate/ca.crt", certificate.download),
]
