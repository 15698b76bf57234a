"""水上交通: crossings, boats and their people, voyages, stop orders, patrols, ship waste, wharves and waterways."""

from tonggui.register.domain import LedgerApp


class Water(LedgerApp):
    verbose_name = "水上交通"
    order = 60
    ledgers = (
        "voyage ferry boat crew suspension patrol "
        "waterway wharf camera pollutant servicecontract servicepayment equipmentneed"
    )
