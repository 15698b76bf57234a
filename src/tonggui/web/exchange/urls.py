"""Addresses of the exchange."""

from django.urls import path

from tonggui.web.exchange import views

urlpatterns = [
    path("", views.standing_page),
    path("again/<slug:kind>/", views.send_again),
    path("use/<str:number>/", views.use_again),
]
