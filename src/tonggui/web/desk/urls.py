"""Addresses of the review desk, below /desk/passes/."""

from django.urls import path

from tonggui.web.desk import views

urlpatterns = [
    path("", views.page),
    path("next/", views.next_passes),
    path("decide/", views.decide),
    path("plate/", views.plate),
    path("case/", views.file_case),
]
