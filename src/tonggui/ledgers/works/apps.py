"""项目建设: construction projects and their monthly progress."""

from tonggui.register.domain import LedgerApp


class Works(LedgerApp):
    verbose_name = "项目建设"
    order = 40
    ledgers = (
        "project progress milestone startcheck land quantity "
        "quantitymonth blocker coordination fund fundrequest leaderlog safetystep"
    )
