"""The Django app that keeps documents, their figures and nil returns."""

from django.apps import AppConfig


class Measure(AppConfig):
    name = "tonggui.measure"
    label = "measure"
    verbose_name = "文书与指标"
