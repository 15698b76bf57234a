"""Tags that every template may use: `{% load tonggui %}`."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

TONES = ("normal", "done", "todo", "late", "void")


@register.simple_tag
def asset(name: str) -> str:
    """Address of a built file, such as `{% asset "app.js" %}`, with its digest, so that caches never mislead."""
    path = finders.find(f"dist/{name}")
    address = static(f"dist/{name}")
    return f"{address}?v={_digest(path, Path(path).stat().st_mtime_ns)}" if path else address


@lru_cache(maxsize=64)
def _digest(path: str, changed_ns: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """A drawing of the sprite (frontend/src/icons.txt); decoration unless a label says what it means."""
    address = asset("icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', label, address, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', address, name)


@register.simple_tag
def badge(word: str, tone: str = "normal") -> str:
    """A word on its semantic colour: normal, done, todo, late, void. The word is always there."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"badge: tone {tone!r} is none of {', '.join(TONES)}")
    return format_html('<span class="badge badge--{}">{}</span>', tone, word)
