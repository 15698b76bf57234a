"""The web part as a Django app: shell, login, home, map, alarms, frames, status."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tonggui.web"
    label = "web"
    verbose_name = "页面"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The register learns what only this part knows: what the telemetry store holds of a vehicle, how its passes
        are exported, which evidence lies in the site."""
        from tonggui.ledgers.overload import pass_evidence
        from tonggui.register.sheets.lists import provide_list
        from tonggui.register.spine import provide_outside
        from tonggui.web.desk.media import known_media
        from tonggui.web.passlist.listed import PASS_LIST
        from tonggui.web.spine import passes_of, track_of

        provide_outside(passes_of)
        provide_outside(track_of)
        provide_list(PASS_LIST)
        pass_evidence.provide(known_media)
