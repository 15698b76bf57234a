"""学时记录台账: each training session of a trainee, how many of its hours count, and what about it is doubtful.

Basis: 机动车驾驶培训教学与考试大纲; 机动车驾驶员培训管理规定; JT/T 1302. A trainee is known by number only, and the
number goes when the records need no longer be kept. One trainee, one coach, one car: never in two places at once.
The counting stands in `counting.py`.
"""

from datetime import timedelta
from decimal import Decimal

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.ledgers.training.counting import counted_hours, doubts
from tonggui.ledgers.training.kinds import PRACTICE, Part, Way
from tonggui.ledgers.training.session_page import SessionPage
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Place,
    Record,
    State,
    Sum,
    Text,
    Workflow,
    derive,
)
from tonggui.statutes.training import REVIEW


def why_not_count(session) -> str:
    """Nothing to count where no minute is valid."""
    return "" if session.hours_valid else f"没有可计入的学时：{session.doubt_notes or '有效教学时间为零'}"


class TrainingSession(Record):
    """One session, as the timing system sends it."""

    number = Number("XS{year}{seq:07}", year_of="starts_at")
    trainee_no = Text("学员编号", optional=True, max_length=30, hint="只填编号，不填姓名和身份证号")
    school = Link("training.DrivingSchool", "驾校", optional=True)
    enterprise = Link("parties.Enterprise", "驾培企业", optional=True)
    coach = Link("training.Coach", "教练员")
    car = Link("training.CoachCar", "教练车", optional=True)
    fence = Link("training.TrainingFence", "电子围栏", optional=True)
    syllabus_part = Choice(Part, "培训部分", default=Part.GROUND)
    way = Choice(Way, "教学方式", default=Way.CAR)
    starts_at = Moment("签到时间")
    train_minutes = Integer("训练时长", unit="分钟", least=1, most=720)
    signed_out_at = Moment("签退时间", optional=True)
    trained_day = Day("培训日期", optional=True, index=True)
    teaching_minutes = Integer("有效教学时间", unit="分钟", least=0)
    minutes_out = Integer("围栏外时间", unit="分钟", least=0, default=0)
    distance_km = Amount("训练里程", unit="km", optional=True, least=0)
    photo_count = Integer("培训照片数", unit="张", least=0, default=0)
    place = Place("位置", optional=True)
    sign_out_place = Place("签退位置", optional=True)
    hours_uploaded_at = Moment("学时上传时间", optional=True)
    hours_valid = Amount("有效学时", unit="学时", optional=True)
    hours_out = Amount("围栏外学时", unit="学时", optional=True)
    doubt_notes = LongText("学时疑点", optional=True)
    doubtful = Flag("学时存疑")
    hours_review_by = Day("应审核日期", optional=True)
    appeal_reason = LongText("申诉理由", optional=True)
    reviewed_day = Day("学时审核日期", optional=True, index=True)

    @derive("coach")
    def derive_school(self):
        return self.coach.school

    @derive("coach")
    def derive_enterprise(self):
        return self.coach.enterprise

    @derive("starts_at", "train_minutes", always=True)
    def derive_signed_out_at(self):
        return self.starts_at + timedelta(minutes=self.train_minutes)

    @derive("starts_at", always=True)
    def derive_trained_day(self):
        return self.starts_at.astimezone(clock.CHINA).date()

    @derive("starts_at", "hours_uploaded_at", always=True)
    def derive_hours_review_by(self):
        return REVIEW.due((self.hours_uploaded_at or self.signed_out_at).astimezone(clock.CHINA).date())

    def prepare(self):
        """Hours and doubts follow the facts until the session is reviewed; then they stand."""
        if self.state in ("to_review", "appealed"):
            self.hours_valid = counted_hours(self)
            self.hours_out = (Decimal(self.minutes_out) / 60).quantize(Decimal("0.01"))
            self.doubt_notes = "；".join(doubts(self))
            self.doubtful = bool(self.doubt_notes)

    def faults(self):
        """A number for the trainee, minutes that fit, and nobody in two places at once."""
        if not self.trainee_no and self.state == "to_review":
            yield "trainee_no", "请填写学员编号。"
        if self.minutes_out > self.train_minutes:
            yield "minutes_out", "“围栏外时间”多于训练时长。"
        parts = [
            ("trainee_no", "该学员"),
            *([("coach", "该教练员"), ("car", "该教练车")] if self.way in PRACTICE else []),
        ]
        for name, who in parts:
            if other := self._twin(name):
                yield (
                    name,
                    f"{who}同一时间已有学时记录 {other.number}，时间重叠。",
                )

    def _twin(self, name: str) -> "TrainingSession | None":
        """Another session of the same trainee, coach or car that overlaps this one."""
        if not getattr(self, name):
            return None
        end = self.starts_at + timedelta(minutes=self.train_minutes)
        same = TrainingSession._base_manager.filter(**{name: getattr(self, name)}, starts_at__lt=end)
        if name != "trainee_no":
            same = same.filter(way__in=PRACTICE)
        return same.filter(signed_out_at__gt=self.starts_at).exclude(pk=self.pk).exclude(state="not_counted").first()

    class Flow(Workflow):
        to_review = State("学时待审核", start=True, due="hours_review_by")
        counted = State("已计入学时", final=True, confirmed=True)
        not_counted = State("不予计入", confirmed=True, tone="void")
        appealed = State("申诉中", due="hours_review_by", tone="todo")

        count_hours = Move(
            (to_review | appealed) >> counted,
            "计入学时",
            by=("transport_officer", "clerk"),
            sets={"reviewed_day": clock.today},
            check=why_not_count,
        )
        strike_hours = Move(
            (to_review | appealed) >> not_counted,
            "不予计入",
            by=("transport_officer", "clerk"),
            sets={"reviewed_day": clock.today},
            comment=True,
        )
        appeal_hours = Move(
            not_counted >> appealed,
            "提出申诉",
            by=("enterprise", "transport_officer"),
            takes=("appeal_reason",),
            needs=("appeal_reason",),
        )

    class Page(SessionPage):
        pass

    class Measures:
        sessions = Count("培训记录", on="trained_day", where=~Q(state="not_counted"), unit="次")
        hours = Sum("hours_valid", "计入学时", on="trained_day", where=Q(state="counted"))
        hours_out = Sum("hours_out", "围栏外学时", on="trained_day")
        doubtful = Count("存疑学时记录", on="trained_day", where=Q(doubtful=True), unit="次")
        struck = Count("不予计入学时记录", on="reviewed_day", where=Q(state="not_counted"), unit="次")
        in_time = Count(
            "按期审核学时记录", on="reviewed_day", where=Q(reviewed_day__lte=F("hours_review_by")), unit="次"
        )

    def __str__(self):
        return self.number
