"""Addresses of the API. Making the shapes of every ledger takes seconds, so this module is loaded when the first of its
addresses is asked for, not when a process starts."""

from tonggui.register.api.service import build

urlpatterns, app_name, namespace = build().urls
