"""The pictures and videos of a doubted pass, as this site has them."""

from typing import Any

from django.conf import settings

from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.stream.media import Media
from tonggui.stream.references import References


def known_media(found: DoubtedPass) -> list[dict[str, Any]]:
    """The media of a pass, with the hash of what was fetched from an address; `stored` where the content is here."""
    listed = References(settings.SITE).resolved(f"{found.point.code}/{found.record_no}", found.media)
    media = Media(settings.SITE)
    return [one | {"stored": bool(one.get("stored") or media.path(one.get("sha256", "")))} for one in listed]
