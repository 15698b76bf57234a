"""Tags of the ledger pages: `{% load register %}`."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def grouped(value: Any) -> str:
    """A whole number with thousands separators: 1,204."""
    return f"{value:,}" if isinstance(value, int) else str(value)
