"""终端安装任务台账: which vehicle must carry which device by when, whether it does, and who accepted it.

Basis: 道路运输车辆动态监督管理办法 (2022) 第七条, 第十二条 and 第二十六条 (coaches, hazmat vehicles and heavy trucks
carry a working device); the province's order on 智能视频监控报警装置 sets the day. The rate is installed over
required, so a task stands for every vehicle that must, and one that need not says why.
"""

from django.db.models import F, Q, TextChoices

from tonggui.ledgers.fleet.installation_flow import InstallationFlow
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Handheld,
    Ledger,
    Link,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    derive,
    own,
)
from tonggui.statutes.dynamic_supervision import DEVICE_LEAD

REQUIRED = ("to_install", "fitted", "device_accepted")


class Device(TextChoices):
    VIDEO = "video", "智能视频监控报警装置"
    POSITION = "position", "卫星定位装置"
    BLIND_SPOT = "blind_spot", "右转弯盲区预警装置"
    FATIGUE = "fatigue", "驾驶员状态监测装置"


class Installation(Record):
    """One device that one vehicle must carry."""

    number = Number("AZ{year}{seq:05}", year_of="install_by")
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    device_kind = Choice(Device, "装置类别")
    order_no = Text("安装要求文号", optional=True, max_length=60)
    install_by = Day("应装日期", index=True)
    installed_on = Day("安装日期", optional=True, index=True)
    installer = Text("安装单位", optional=True, max_length=60)
    terminal = Link("fleet.Terminal", "车载终端", optional=True)
    installed_photos = Photos("安装照片")
    accepted_by = Link("parties.Person", "装置验收人员", optional=True)
    device_accepted_on = Day("装置验收日期", optional=True)
    exempt_because = Text("无需安装的理由", optional=True, max_length=120)

    @derive("vehicle")
    def derive_enterprise(self):
        """The firm of the vehicle."""
        return self.vehicle.enterprise

    def faults(self):
        """Accepted after being installed; one open task for a device of a vehicle."""
        if self.device_accepted_on and self.installed_on and self.device_accepted_on < self.installed_on:
            yield "device_accepted_on", f"“装置验收日期”早于安装日期 {self.installed_on}。"
        if self.state in REQUIRED:
            others = Installation._base_manager.filter(
                vehicle=self.vehicle_id, device_kind=self.device_kind, state__in=REQUIRED
            )
            twin = others.exclude(pk=self.pk).first()
            if twin:
                yield "device_kind", f"这辆车已有{self.get_device_kind_display()}的安装任务（{twin.number}）。"

    class Flow(InstallationFlow):
        pass

    class Page(Ledger):
        title = "终端安装任务"
        menu = "车辆监管"
        columns = "number vehicle enterprise device_kind install_by installed_on device_accepted_on unit state"
        filters = "install_by installed_on device_kind enterprise vehicle unit state"
        search = "number vehicle__plate installer order_no"
        form = [
            Section("任务", "vehicle device_kind order_no install_by"),
            Section("安装", "installed_on installer terminal installed_photos"),
            Section("验收", "accepted_by device_accepted_on exempt_because"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"clerk": anyone, "monitor": anyone}
        imports = Sheet(
            "终端安装任务导入模板", columns="vehicle device_kind order_no install_by installed_on installer terminal"
        )
        exports = (
            "number vehicle enterprise device_kind order_no install_by installed_on installer terminal accepted_by "
            "device_accepted_on exempt_because state"
        )
        sort = "install_by"
        unit_from = "vehicle"
        watches = (
            Watch(
                "install_by",
                "终端应装到期",
                lead=DEVICE_LEAD,
                where=Q(state="to_install"),
                basis="道路运输车辆动态监督管理办法第七条",
            ),
        )
        pictures = (
            Board("安装看板", by="state", card="vehicle install_by"),
            Bars("各企业", by="enterprise", stack="state"),
        )
        handheld = Handheld(
            "登记终端安装", "vehicle device_kind install_by installed_on installer installed_photos", moves="fit"
        )
        example = dict(
            vehicle=None, device_kind=Device.VIDEO, order_no="示交运〔2026〕2号（示例）", install_by="2026-06-30"
        )

    class Measures:
        required = Count("应装终端任务", on="install_by", where=Q(state__in=REQUIRED), unit="台")
        installed = Count("已装终端任务", on="install_by", where=Q(state="device_accepted"), unit="台")
        in_time = Count(
            "按期安装任务",
            on="install_by",
            where=Q(state="device_accepted", installed_on__lte=F("install_by")),
            unit="台",
        )

    def __str__(self):
        return f"{self.vehicle.plate} {self.get_device_kind_display()}"
