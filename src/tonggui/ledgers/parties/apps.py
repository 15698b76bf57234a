"""基础档案: the units of the bureau and the enterprises it supervises."""

from tonggui.register.domain import LedgerApp


class Parties(LedgerApp):
    verbose_name = "基础档案"
    order = 90
    ledgers = "enterprise person unit town change"
