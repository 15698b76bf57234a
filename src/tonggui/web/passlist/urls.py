"""Addresses of the passes."""

from django.urls import path

from tonggui.web.passlist import record, sheets, views

urlpatterns = [
    path("", views.list_page, name="passes"),
    path("export.xlsx", sheets.export_sheet),
    path("export.csv", sheets.export_text),
    path("saved/", views.save),
    path("saved/<int:view>/", views.change),
    path("<slug:log>/<int:position>/", record.pass_page),
]
