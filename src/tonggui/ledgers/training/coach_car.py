"""教练车台账: the cars a school teaches in, with their timing terminal, second brake and insurance.

Basis: 机动车驾驶员培训管理规定 (cars carry a second brake, a mirror for the coach, a sign and a timing terminal);
GB/T 30340 for the school's cars; JT/T 1302 for the terminal. Plate and inspection come from the file of the vehicle.
"""

from django.db.models import Q

from tonggui.ledgers.training.kinds import TaughtClass
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    Ledger,
    Link,
    Move,
    Number,
    Plate,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.training import CAR_LEAD


def why_not_use(car) -> str:
    """What a car must have before trainees drive it."""
    lacking = [
        word
        for has, word in (
            (car.second_brake, "副制动装置"),
            (car.coach_mirror, "副后视镜"),
            (car.timing_no, "计时终端"),
        )
        if not has
    ]
    return f"不能投入教学，还缺：{'、'.join(lacking)}。" if lacking else ""


class CoachCar(Record):
    """One car of one school."""

    number = Number("JC{seq:04}")
    vehicle = Link("fleet.Vehicle", "车辆")
    plate = Plate("号牌号码", optional=True, index=True)
    school = Link("training.DrivingSchool", "驾校")
    enterprise = Link("parties.Enterprise", "驾培企业", optional=True)
    car_class = Choice(TaughtClass, "教练车车型", default=TaughtClass.C1)
    timing_no = Text("计时终端编号", optional=True, max_length=30)
    second_brake = Flag("装有副制动装置")
    coach_mirror = Flag("装有副后视镜")
    car_insured_until = Day("教练车保险有效期至", index=True)
    bought_on = Day("购进日期", optional=True)
    retired_on = Day("退出教学日期", optional=True, index=True)

    @derive("vehicle", always=True)
    def derive_plate(self):
        return self.vehicle.plate

    @derive("school")
    def derive_enterprise(self):
        return self.school.enterprise

    def why_not_teach(self, day) -> str:
        """Why hours in this car are doubtful on a day, or the empty string."""
        if self.state == "car_retired" and self.retired_on and self.retired_on < day:
            return f"教练车 {self.plate} 已退出教学"
        if self.car_insured_until < day:
            return f"教练车 {self.plate} 的保险已于 {self.car_insured_until} 到期"
        return ""

    class Flow(Workflow):
        car_entered = State("待投入教学", start=True)
        car_teaching = State("教学用车", confirmed=True, tone="done")
        car_retired = State("退出教学", final=True, confirmed=True, tone="void")

        use_car = Move(car_entered >> car_teaching, "投入教学", by=("transport_officer", "clerk"), check=why_not_use)
        retire_car = Move(
            car_teaching >> car_retired,
            "退出教学",
            by=("transport_officer", "clerk"),
            takes=("retired_on",),
            needs=("retired_on",),
        )

    class Page(Ledger):
        title = "教练车"
        columns = "number plate school car_class timing_no second_brake car_insured_until bought_on unit state"
        filters = "car_insured_until unit enterprise school car_class state"
        search = "number plate timing_no school__name"
        names = "number"
        form = [
            Section("教练车", "vehicle school enterprise car_class bought_on"),
            Section("装置和保险", "timing_no second_brake coach_mirror car_insured_until retired_on"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "教练车导入模板",
            key="timing_no",
            columns="vehicle school car_class second_brake coach_mirror car_insured_until bought_on",
        )
        exports = (
            "number plate vehicle school car_class timing_no second_brake coach_mirror car_insured_until bought_on "
            "retired_on state"
        )
        sort = "number"
        unit_from = "school"
        watches = (
            Watch(
                "car_insured_until",
                "教练车保险到期",
                lead=CAR_LEAD,
                where=~Q(state="car_retired"),
                basis="机动车驾驶员培训管理规定（教学车辆）",
            ),
        )
        example = dict(
            vehicle=None,
            school=None,
            timing_no="SLJS0000001",
            second_brake=True,
            coach_mirror=True,
            car_insured_until="2027-03-31",
            bought_on="2023-03-15",
        )

    class Measures:
        cars = Count("教学用教练车", where=Q(state="car_teaching"), unit="辆")
        retired = Count("退出教学教练车", on="retired_on", unit="辆")

    def __str__(self):
        return self.plate
