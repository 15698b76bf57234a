"""终端台账: the positioning terminal of each vehicle. Only terminals in use here may report to the platform.

Basis: 道路运输车辆动态监督管理办法 (2022) 第七条, 第二十六条; JT/T 808, the terminal's number is the one in its
message head.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
)


class Edition(TextChoices):
    E2011 = "2011", "JT/T 808-2011"
    E2013 = "2013", "JT/T 808-2013"
    E2019 = "2019", "JT/T 808-2019"


class Terminal(Record):
    """One terminal in one vehicle. Its number is kept without leading zeros, so that both editions' heads match it."""

    number = Number("ZD{seq:06}")
    phone = Text("终端号", unique=True, max_length=20, hint="消息头中的终端手机号，前面的 0 可以不写")
    vehicle = Link("fleet.Vehicle", "车辆")
    edition = Choice(Edition, "协议版本")
    maker = Text("制造商", optional=True, max_length=40)
    model = Text("型号", optional=True, max_length=30)
    iccid = Text("SIM 卡 ICCID", optional=True, max_length=20)
    video = Flag("智能视频报警", optional=True)
    installed_on = Day("安装日期", index=True)

    class Flow(Standing, keeps=("clerk", "monitor")):
        pass

    class Page(Ledger):
        title = "车载终端"
        menu = "车辆监管"
        columns = "number phone vehicle edition maker model installed_on state"
        filters = "installed_on vehicle edition maker state"
        search = "number phone iccid vehicle__plate"
        names = "phone"
        form = [
            Section("终端", "phone edition maker model iccid video"),
            Section("安装", "vehicle installed_on"),
        ]
        read = {"county": anyone}
        write = {"clerk": anyone, "monitor": anyone}
        imports = Sheet("车载终端导入模板", key="phone", columns="vehicle edition maker model iccid video installed_on")
        unit_from = "vehicle"
        exports = "number phone vehicle edition maker model iccid video installed_on state"
        example = dict(
            phone="13900000001", vehicle=None, edition=Edition.E2013, maker="示例厂家", installed_on="2025-03-01"
        )

    class Measures:
        installed = Count("安装终端车辆", distinct="vehicle", unit="台")

    def prepare(self):
        """Leading zeros only fill the head of a message, so they are no part of the number."""
        self.phone = self.phone.strip().lstrip("0") or "0"

    def __str__(self):
        return self.phone
