"""维修管理: repair shops, their jobs and parts, claims under warranty and rescue points."""

from tonggui.register.domain import LedgerApp


class Repair(LedgerApp):
    verbose_name = "维修管理"
    order = 65
    ledgers = "repairjob repairshop repairpart warrantyclaim rescuepoint"
