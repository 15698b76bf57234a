"""驾培管理: driving schools, where they may train, their coaches and cars, and the hours that count."""

from tonggui.register.domain import LedgerApp


class Training(LedgerApp):
    verbose_name = "驾培管理"
    order = 66
    ledgers = "drivingschool coach coachcar trainingsession trainingfence"
