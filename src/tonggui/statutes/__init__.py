"""The statutes: every limit, deadline and amount of the law we work by. Importing this package declares all of them."""

from tonggui.statutes import (
    assessment,
    compulsion,
    duty,
    dynamic_supervision,
    enforcement,
    freight,
    hazards,
    licences,
    office,
    overloading,
    referral,
    responsibility,
    risk,
    roads,
    water,
    works,
)

__all__ = [
    "assessment",
    "compulsion",
    "duty",
    "dynamic_supervision",
    "enforcement",
    "freight",
    "hazards",
    "licences",
    "office",
    "overloading",
    "referral",
    "responsibility",
    "risk",
    "roads",
    "water",
    "works",
]
