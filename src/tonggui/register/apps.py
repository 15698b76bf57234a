"""The register as a Django app; ledgers are bound when every app is ready."""

from django.apps import AppConfig


class RegisterApp(AppConfig):
    name = "tonggui.register"
    label = "register"
    verbose_name = "台账"
