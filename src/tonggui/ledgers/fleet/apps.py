"""车辆监管: vehicles, drivers, terminals, and the alarms they raise."""

from tonggui.register.domain import LedgerApp


class Fleet(LedgerApp):
    verbose_name = "车辆监管"
    order = 10
    ledgers = "vehicle driver terminal alarm violation gate watchedarea installation"
