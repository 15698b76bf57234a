"""The statutes: every limit, deadline and amount of the law we work by. Importing this package declares all of them."""

from tonggui.statutes import assessment, dynamic_supervision, enforcement, hazards, overloading

__all__ = ["assessment", "dynamic_supervision", "enforcement", "hazards", "overloading"]
