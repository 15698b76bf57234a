"""The ASGI application of the pages; TONGGUI_DATA names the site."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonggui.run.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
