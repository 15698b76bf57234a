"""How often drills are held: by the bureau, by dangerous-goods and works firms, at crossings large and small."""

from django.db.models import Q

from tonggui.register.declare import Every

DRILL_DUTIES = (
    Every(
        "month",
        "渡口每月演练",
        on="held_on",
        per="ferry",
        of=Q(monthly_drill=True),
        tell="water_officer",
        basis="内河渡口渡船安全管理规定第十五条",
    ),
    Every(
        "quarter",
        "渡口每季度演练",
        on="held_on",
        per="ferry",
        of=Q(monthly_drill=False),
        tell="water_officer",
        basis="内河渡口渡船安全管理规定第十五条",
    ),
    Every(
        "half",
        "危货和施工企业演练",
        on="held_on",
        per="enterprise",
        of=Q(business__in=["hazmat", "works"]),
        tell="safety_officer",
        basis="生产安全事故应急条例第八条",
    ),
)
