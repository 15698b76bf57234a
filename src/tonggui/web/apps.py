"""The web part as a Django app: shell, login, home, map, alarms, frames, status."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tonggui.web"
    label = "web"
    verbose_name = "页面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Pages of vehicles tell what the telemetry store holds about them; evidence is looked for in the site."""
        from tonggui.ledgers.overload import pass_evidence
        from tonggui.register.spine import provide_outside
        from tonggui.web.desk.media import is_kept
        from tonggui.web.spine import passes_of

        provide_outside(passes_of)
        pass_evidence.provide(is_kept)
