"""危货运输: firms, tanks, parking places, waybills, loading checks and checks of bills on the road."""

from tonggui.register.domain import LedgerApp


class Hazmat(LedgerApp):
    verbose_name = "危货运输"
    order = 23
    ledgers = "hazmatfirm waybill billcheck loadingcheck tank hazmatparking"
