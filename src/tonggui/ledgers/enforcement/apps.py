"""综合执法: officers, operations, clues, cases, what is seized, what goes to the police."""

from tonggui.register.domain import LedgerApp


class Enforcement(LedgerApp):
    verbose_name = "综合执法"
    order = 25
    ledgers = "clue case seizure referral operation participation officer discretion"
