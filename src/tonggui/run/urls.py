"""Every address of the platform: the pages of the web part, the ledgers and their API, the documents."""

from importlib.util import find_spec

from django.urls import include, path

# Each part of the platform keeps its own addresses; they do not overlap.
PARTS = ("tonggui.web.urls", "tonggui.web.documents.urls", "tonggui.web.promises.urls", "tonggui.register.urls")

urlpatterns = [path("", include(part)) for part in PARTS if find_spec(part)]

handler400 = "tonggui.web.views.errors.bad_request"
handler403 = "tonggui.web.views.errors.forbidden"
handler404 = "tonggui.web.views.errors.not_found"
handler500 = "tonggui.web.views.errors.failed"
