"""The national table of working days (法定工作日), as the General Office of the State Council publishes it each autumn.

To add a year, add it to `working_days.json`: `off` lists the days off, `on` the weekend days worked, `source` the
notice. A bureau that cannot wait for a release calls `CALENDAR.extend_from` with a file of the same form.
"""

from pathlib import Path

from tonggui.law.calendar import WorkingCalendar

CALENDAR = WorkingCalendar().extend_from(Path(__file__).with_suffix(".json"))
