"""The life of the demo county's weighing devices: their verifications, and a point that fell silent this night."""

from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.ledgers.overload.calibration import Calibration, CalibrationKind
from tonggui.ledgers.overload.device_fault import DeviceFault, FaultKind
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Files
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.picture import ExamplePicture

WATCH = Actor.system("检测点在线监测")
INSTITUTE = "示例省计量科学研究院（示例）"
YEAR = 364


def make_calibrations(diary: Diary, points: list[WeighingPoint]) -> None:
    """Two years of verifications of each point; the point shows the newest, which is entered first."""
    officer = diary.who("overload_officer")
    for point in points:
        for years_ago, kind in ((0, CalibrationKind.LATER), (1, CalibrationKind.FIRST)):
            last = after(point.calibrated_to, -(YEAR + 1) * years_ago)
            begins = after(last, -YEAR)
            record = Calibration(
                point=point,
                unit=point.unit,
                calibration_kind=kind,
                certificate=point.certificate if not years_ago else f"{point.certificate}-{begins.year}",
                institute=INSTITUTE,
                calibration_day=after(begins, -2),
                calibrated_from=begins,
                calibrated_to=last,
                accuracy=point.accuracy,
                speed_from_kmh=1,
                speed_to_kmh=100,
                calibration_scope="不停车检测，单车道通过，不含跨道、停车和急加减速（示例）",
            )
            paper = keep(ExamplePicture(), record.ledger, officer, Files.types)
            record.certificate_files = [paper.pk]
            diary.take(diary.write(record, officer, begins), "check_certificate", officer, after(begins, 1))


def make_silence(diary: Diary, point: WeighingPoint, today: date) -> None:
    """A silence as the online watch enters it; the point's next pass ends it."""
    broken_at = datetime.combine(after(today, -1), time(22, 40), CHINA)
    fault = DeviceFault(
        point=point,
        unit=point.unit,
        kind=FaultKind.SILENT,
        broken_at=broken_at,
        symptom=f"自 {broken_at:%Y-%m-%d %H:%M} 起无过车数据上报，按前四周同时段应有约 24 台次",
        no_data=True,
        by_watch=True,
    )
    diary.write(fault, WATCH, broken_at + timedelta(hours=3))
    point.refresh_from_db()
    point.silent_since = broken_at.date()
    diary.write(point, WATCH, broken_at + timedelta(hours=3))
