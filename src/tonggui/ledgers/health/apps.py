"""疫情与卡口: people under epidemic control, checkpoints, and cross-border places."""

from tonggui.register.domain import LedgerApp


class Health(LedgerApp):
    verbose_name = "疫情与卡口"
    order = 85
    ledgers = "passage checkpoint worker screening tally borderpoint anomaly"
