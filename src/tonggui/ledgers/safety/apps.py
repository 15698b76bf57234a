"""安全监管: inspections, hazards and what follows from them."""

from tonggui.register.domain import LedgerApp


class Safety(LedgerApp):
    verbose_name = "安全监管"
    order = 30
    ledgers = "inspection hazard extension listing risk campaign responsibility letter criterion"
