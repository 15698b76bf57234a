"""Who has which doubted pass on the desk, so that two people are never given the same one."""

from django.conf import settings
from django.db import models


class Lease(models.Model):
    """One pass on one person's desk until a moment. It only keeps others from being given the pass: what decides is the
    workflow, which looks at the state of the record."""

    record = models.BigIntegerField(unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)
