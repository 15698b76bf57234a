"""水上交通: crossings, boats and their people, voyages, stop orders, patrols, ship waste, wharves and waterways."""

from tonggui.register.domain import LedgerApp


class Water(LedgerApp):
    verbose_name = "水上交通"
    order = 60
