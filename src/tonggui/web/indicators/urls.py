"""Addresses of the pages of indicators."""

from django.urls import path

from tonggui.web.indicators import views

urlpatterns = [
    path("", views.listing, name="indicators"),
    path("group/<slug:prefix>/", views.group, name="indicator_group"),
    path("<str:code>/", views.page, name="indicator"),
    path("<str:code>/figure.xlsx", views.xlsx, name="indicator_xlsx"),
]
