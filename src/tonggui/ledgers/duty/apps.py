"""值班应急: shifts and calls, flood mode, warnings, plans and responses, drills, supplies, teams, incidents."""

from tonggui.register.domain import LedgerApp


class Duty(LedgerApp):
    verbose_name = "值班应急"
    order = 80
    ledgers = (
        "shift call incident incidentreport warning mode response "
        "responsestep plan planstep drill team supply supplymovement"
    )
