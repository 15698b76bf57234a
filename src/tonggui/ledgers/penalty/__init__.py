"""行政处罚案件: what every penalty case has in common, of whatever trade: fields, clocks, checks, procedure and forms.

No ledger stands here. `enforcement.Case` and `overload.Case` are made of these parts, so that a rule of the
行政处罚法 is written once and holds for both.
"""
