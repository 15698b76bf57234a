"""公交与城乡客运: bus lines and their changes, buses, rural lines and their money, signs, villages with service."""

from tonggui.register.domain import LedgerApp


class Transit(LedgerApp):
    verbose_name = "公交与城乡客运"
    order = 21
    ledgers = "busline busstop bus linechange charger villageservice routefinance subsidy conversion sign"
