"""安全检查 SAF: visits, vehicles and people."""

from indicators.cases import AFTER, Case, rows_in_value_out
from indicators.rows import visit

CASES = [
    Case("SAF-06", "vehicles add up", [visit(vehicles=2), visit(vehicles=1), visit(state="draft")], "3车次"),
    Case("SAF-07", "people add up over visits", [visit(staff=4), visit(staff=3)], "7人次"),
    Case("SAF-09", "visits", [visit(), visit(visited_on=AFTER)], "1次"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)
