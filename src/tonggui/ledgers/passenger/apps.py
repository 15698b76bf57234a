"""客运管理: stations and their gate, coach lines, taxis and ride-hailing, transfers."""

from tonggui.register.domain import LedgerApp


class Passenger(LedgerApp):
    verbose_name = "客运管理"
    order = 20
    ledgers = (
        "coachline station safetycheck departure dailyflow "
        "cruisetaxi taxidriver platform ridecar transfer transfervehicle"
    )
