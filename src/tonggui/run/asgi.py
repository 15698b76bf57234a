"""The ASGI application of the pages; TONGGUI_DATA names the site."""

import os
import warnings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tonggui.run.settings")

from django.core.asgi import get_asgi_application

django = get_asgi_application()

# Static files are small and read whole; Django's advice about streaming them says nothing to whoever runs this.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

from django.conf import settings  # noqa: E402

from tonggui.web.bodies import BoundedBodies  # noqa: E402
from tonggui.web.live import upstream  # noqa: E402

application = BoundedBodies(django)

# The live picture is kept from the start, so that the first page already shows it.
upstream.start(settings.SITE)
