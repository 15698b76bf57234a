"""The statutes: every limit, deadline and amount of the law we work by. Importing this package declares all of them."""

from tonggui.statutes import overloading

__all__ = ["overloading"]
