"""公路养护: the county's roads, bridges and chiefs, what is found on them and what is done about it."""

from tonggui.register.domain import LedgerApp


class Roads(LedgerApp):
    verbose_name = "公路养护"
    order = 50
    ledgers = (
        "road section bridge patrol problem bridgecheck cleaning dispatch "
        "roadside site closure permit chief board hamlet demonstration"
    )
