"""领域: the parts of the transport trade by which inspections and hazards are reported.

One vocabulary for both ledgers, so that a summary's visits and hazards are split alike. A hazard takes the domain of
the business it was found at, unless the officer says another (a station run by a coach company).
"""

from django.db.models import TextChoices

from tonggui.ledgers.parties.enterprise import Business


class Domain(TextChoices):
    ROAD = "road", "道路运输"
    WATER = "water", "水路运输"
    UPKEEP = "upkeep", "公路养护"
    WORKS = "works", "在建工程"
    STATION = "station", "客运站场"


_OF_BUSINESS = {Business.WATER: Domain.WATER, Business.WORKS: Domain.WORKS, Business.STATION: Domain.STATION}


def domain_of(business: str) -> Domain:
    """The domain of a kind of business; all that is not named apart is road transport."""
    return _OF_BUSINESS.get(Business(business), Domain.ROAD)
