"""治超管理: weighing points, doubted passes, overload cases."""

from tonggui.register.domain import LedgerApp


class Overload(LedgerApp):
    verbose_name = "治超管理"
    order = 20
    ledgers = (
        "doubtedpass case notice argument unloading copying fourfold hundredtonne evasion modifiedtruck permit "
        "yard yardmonth loading yardlist weighingpoint calibration devicefault uploaditem provincialitem"
    )
