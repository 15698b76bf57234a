"""Preparing a site: Django ready in this process, the ledgers' tables up to date."""

import os


def start_django() -> None:
    """Make the ledgers usable in this process, and the telemetry behind their indicators.

    TONGGUI_DATA must name the site before the first call.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonggui.run.settings")
    import django

    django.setup()
    from django.conf import settings

    from tonggui.bridge.assessment import provide_rates
    from tonggui.bridge.pass_counts import provide_passes
    from tonggui.bridge.point_watch import provide_points
    from tonggui.bridge.sources import provide_freshness

    provide_rates(settings.SITE)
    provide_passes(settings.SITE)
    provide_freshness(settings.SITE)
    provide_points(settings.SITE)


def prepare_ledgers() -> None:
    """Apply the migrations that this site's database has not seen yet."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
