"""货运管理: freight firms and the yearly check of their vehicles."""

from tonggui.register.domain import LedgerApp


class Freight(LedgerApp):
    verbose_name = "货运管理"
    order = 22
    ledgers = "freightfirm annualcheck"
