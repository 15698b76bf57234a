"""Whether a picture or video of a pass lies in the site of this process."""

from django.conf import settings

from tonggui.stream.media import Media


def is_kept(sha256: str) -> bool:
    """Whether the content of a hash is kept here."""
    return Media(settings.SITE).path(sha256) is not None
