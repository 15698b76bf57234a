"""How many hours of a training session count, and what about it is doubtful, in words.

Basis: 机动车驾驶培训教学与考试大纲 (an hour is sixty minutes with forty-five of teaching, four hours a day); JT/T 1302
(photos, identity, out-of-area teaching). Only time inside an approved fence counts for training in a car.
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import Sum

from tonggui.base import clock
from tonggui.ledgers.training.kinds import PRACTICE, Part, Way
from tonggui.statutes.training import (
    DAILY_CLASS,
    DAILY_PRACTICE,
    DAY_WINDOW,
    PHOTO_MINUTES,
    TRAINING_HOUR,
    UPLOAD_HOURS,
)

HUNDREDTH = Decimal("0.01")


def ways_like(way: str) -> tuple[str, ...]:
    """The ways of teaching that share the limit of the day."""
    return PRACTICE if way in PRACTICE else tuple(one for one in Way.values if one not in PRACTICE)


def daily_limit(session: Any) -> Decimal:
    limit = DAILY_PRACTICE if session.way in PRACTICE else DAILY_CLASS
    return Decimal(limit.on(session.trained_day))


def taken_that_day(session: Any) -> Decimal:
    """Hours of the trainee's other sessions of the day that share the limit."""
    others = type(session)._base_manager.filter(
        trainee_no=session.trainee_no, trained_day=session.trained_day, way__in=ways_like(session.way)
    )
    found = others.exclude(pk=session.pk).exclude(state="not_counted").aggregate(total=Sum("hours_valid"))
    return found["total"] or Decimal(0)


def counted_hours(session: Any) -> Decimal:
    """Hours that count: time inside the fence with its share of teaching, up to what the day has left."""
    if session.way == Way.CAR and (session.fence is None or session.fence.why_closed(session.trained_day)):
        return Decimal(0)
    whole, teaching = (Decimal(TRAINING_HOUR.on(session.trained_day)[key]) for key in ("whole", "teaching"))
    inside = Decimal(max(0, session.train_minutes - session.minutes_out))
    hours = min(inside / whole, Decimal(session.teaching_minutes) / teaching)
    left = max(Decimal(0), daily_limit(session) - taken_that_day(session))
    return min(hours, left).quantize(HUNDREDTH, ROUND_DOWN)


def doubts(session: Any) -> Iterator[str]:
    """Why a reviewer should look twice, a sentence each."""
    day = session.trained_day
    reasons = [session.coach.why_not_teach(day, session.way in PRACTICE)]
    if session.way == Way.CAR:
        reasons += [*_on_the_road(session, day)]
    if session.coach.school_id != session.school_id:
        reasons.append(f"教练员{session.coach.name}不是本校教练员")
    if session.teaching_minutes > session.train_minutes:
        reasons.append("有效教学时间多于训练时长")
    if taken_that_day(session) + Decimal(session.train_minutes) / 60 > daily_limit(session):
        reasons.append(f"当日超过 {daily_limit(session)} 学时，超出部分不计")
    yield from filter(None, [*reasons, *_records(session, day)])


def _on_the_road(session: Any, day) -> Iterator[str]:
    """Car, fence, hours of the day, and whether the session began and ended inside."""
    if session.car is None:
        yield "实车训练没有登记教练车"
    else:
        yield session.car.why_not_teach(day)
    fence = session.fence
    if fence is None:
        yield "没有批准的电子围栏，不计学时"
        return
    yield fence.why_closed(day)
    if session.minutes_out:
        yield f"围栏外训练 {session.minutes_out} 分钟，不计学时"
    for point, word in ((session.place, "签到"), (session.sign_out_place, "签退")):
        if point is not None and not fence.holds(point):
            yield f"{word}地点不在围栏“{fence.name}”内"
    window = DAY_WINDOW.on(day)
    begin, end = (moment.astimezone(clock.CHINA) for moment in (session.starts_at, session.signed_out_at))
    first, last = max(window["from"], fence.from_hour), min(window["to"], fence.to_hour)
    if begin.hour < first or end > begin.replace(hour=0, minute=0) + timedelta(hours=last):
        yield f"不在可计学时时段（{first} 时至 {last} 时）"
    if session.syllabus_part == Part.ROAD and not session.distance_km:
        yield "道路驾驶里程为零"


def _records(session: Any, day) -> Iterator[str]:
    """Photos at their interval, upload in its time."""
    wanted = session.train_minutes // PHOTO_MINUTES.on(day)
    if session.photo_count < wanted:
        yield f"照片 {session.photo_count} 张，应不少于 {wanted} 张"
    hours = UPLOAD_HOURS.on(day)
    if session.hours_uploaded_at and session.hours_uploaded_at > session.signed_out_at + timedelta(hours=hours):
        yield f"培训结束后超过 {hours} 小时才上传"
