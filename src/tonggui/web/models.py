"""What the pages keep for themselves: every attempt to log in, which is both the log and the ground of the lock-out,
what came in from phones, and who has which pass on the review desk."""

from django.db import models

from tonggui.web.desk.models import Lease
from tonggui.web.phone.models import Received


class LoginAttempt(models.Model):
    """One try of a name and a password. Passwords are never kept; a name is kept as typed, cut to 150 characters."""

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    username = models.CharField("用户名", max_length=150, db_index=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    succeeded = models.BooleanField("成功")

    class Meta:
        verbose_name = "登录记录"
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.username} {'成功' if self.succeeded else '失败'}"


__all__ = ["Lease", "LoginAttempt", "Received"]
