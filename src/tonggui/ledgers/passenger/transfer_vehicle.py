"""转运车辆台账: one vehicle of a convoy, who drove it, who sat in it, and in what order it went.

Basis: the county's transfer plan. The convoy's own count is made from these rows, so that nobody is counted twice and
nobody is left out; classes that may not mix do not share a vehicle.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    column,
    derive,
)


class Riders(TextChoices):
    ORDINARY = "ordinary", "普通旅客"
    WATCHED = "watched", "重点旅客"
    ISOLATED = "isolated", "须隔离旅客"
    ASSISTED = "assisted", "老幼病残孕旅客"


def tell_convoy(row: "TransferVehicle", actor) -> None:
    """Bring the convoy's number of vehicles up to the rows that stand."""
    transfer = type(row.transfer)._base_manager.select_for_update(of=("self",)).get(pk=row.transfer_id)
    transfer.convoy_vehicles = TransferVehicle._base_manager.filter(transfer=transfer.pk, state="boarded_up").count()
    transfer.save()


class TransferVehicle(Record):
    """One vehicle in one convoy, for one class of passengers."""

    number = Number("ZYC{year}{seq:05}", year_of="moved_people_on")
    transfer = Link("passenger.Transfer", "转运护送")
    moved_people_on = Day("转运护送日期", optional=True, index=True)
    place_in_convoy = Integer("车队序号", least=1, most=200, total=False)
    vehicle = Link("fleet.Vehicle", "车辆")
    driver = Link("fleet.Driver", "当班驾驶员")
    car_escort = Text("随车护送人员", optional=True, max_length=30)
    rider_class = Choice(Riders, "乘坐旅客类别", default=Riders.ORDINARY)
    boarded = Integer("乘车旅客", unit="人", least=1, most=200)

    @derive("transfer", always=True)
    def derive_moved_people_on(self):
        return self.transfer.moved_people_on

    @column("空余座位", unit="个")
    def spare_seats(self):
        """Seats left beside driver and escort."""
        staff = 2 if self.car_escort else 1
        return None if self.vehicle.seats is None else self.vehicle.seats - staff - self.boarded

    def faults(self):
        """No more people than seats; isolated people have an escort; each place in the convoy is one vehicle."""
        if self.vehicle.seats is not None and self.spare_seats() < 0:
            yield "boarded", f"{self.vehicle}核定载客 {self.vehicle.seats} 人，坐不下旅客和驾乘人员。"
        if self.rider_class == Riders.ISOLATED and not self.car_escort:
            yield "car_escort", "须隔离旅客的车辆应有随车护送人员。"
        others = TransferVehicle._base_manager.filter(transfer=self.transfer_id, place_in_convoy=self.place_in_convoy)
        if others.exclude(pk=self.pk).exclude(state="void").exists():
            yield "place_in_convoy", "这个车队序号已有登记；同一车辆往返接送的，另编序号。"

    class Flow(Workflow):
        boarding = State("上客中", start=True)
        boarded_up = State("上客完毕", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        finish_boarding = Move(
            boarding >> boarded_up, "上客完毕", by=("transport_officer", "duty_officer"), then=tell_convoy
        )
        cancel = Move(
            (boarding | boarded_up) >> void,
            "作废",
            by=("transport_officer", "duty_officer"),
            comment=True,
            then=tell_convoy,
        )

    class Page(Ledger):
        title = "转运车辆"
        columns = "number moved_people_on transfer place_in_convoy vehicle driver rider_class boarded spare_seats state"
        filters = "moved_people_on state transfer rider_class vehicle"
        search = "number vehicle__plate car_escort"
        form = [Section("车辆", "transfer place_in_convoy vehicle driver car_escort rider_class boarded")]
        read = {"county": anyone}
        write = {"transport_officer": anyone, "duty_officer": anyone}
        imports = Sheet(
            "转运车辆导入模板",
            key="transfer place_in_convoy",
            columns="transfer place_in_convoy vehicle driver car_escort rider_class boarded",
        )
        exports = "number transfer moved_people_on place_in_convoy vehicle driver car_escort rider_class boarded state"
        unit_from = "transfer"
        example = dict(transfer=None, place_in_convoy=1, vehicle=None, driver=None, boarded=40)

    class Measures:
        trips = Count("转运车次", on="moved_people_on", unit="车次")
        boarded = Sum("boarded", "转运乘车旅客", on="moved_people_on")

    def __str__(self):
        return f"{self.transfer.flight}第{self.place_in_convoy}车"
