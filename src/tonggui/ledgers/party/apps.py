"""党建与宣传: branch life, decisions, publicity, inspections by the Party, and help for villages."""

from tonggui.register.domain import LedgerApp


class Party(LedgerApp):
    verbose_name = "党建与宣传"
    order = 92
    ledgers = (
        "activity study decision display sentiment publicity submission "
        "correspondent assessment accountability rectification helpteam stay helpproject"
    )
