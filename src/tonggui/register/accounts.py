"""Accounts, and the tokens by which other systems act for one."""

import hashlib
import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.roles import ROLES


class AccountManager(BaseUserManager):
    def create_account(self, username: str, password: str | None, *, roles: list[str], **values: Any) -> "Account":
        """A new account; a password of None can never log in. ValueError for a role that does not exist."""
        if unknown := set(roles) - set(ROLES):
            raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
        account = self.model(username=username, roles=sorted(roles), **values)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """One person who logs in. `roles` decide what they may do, `unit` and `enterprise` over which rows."""

    username = models.CharField("登录名", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64, default="")
    roles = models.JSONField("角色", default=list)
    unit = models.ForeignKey("parties.Unit", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    enterprise = models.ForeignKey(
        "parties.Enterprise", models.PROTECT, null=True, related_name="+", verbose_name="企业"
    )
    phone = models.CharField("电话", max_length=20, default="")
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    preferences = models.JSONField("界面偏好", default=dict)
    created_at = models.DateTimeField("创建时间", default=clock.now)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        app_label = "register"
        verbose_name = "账号"

    @property
    def actor(self) -> Actor:
        return Actor.of(self)

    @property
    def role_titles(self) -> list[str]:
        return [ROLES[role] for role in self.roles if role in ROLES]

    def __str__(self) -> str:
        return self.name or self.username


class Token(models.Model):
    """A key for another system. Only its digest is kept; the key itself is shown once, when it is made."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    name = models.CharField("用途", max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField("可写", default=False)
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "register"
        verbose_name = "接口令牌"

    @classmethod
    def issue(
        cls, account: Account, name: str, *, may_write: bool = False, expires_at: Any = None
    ) -> tuple["Token", str]:
        """(token, key): the key cannot be read again later."""
        key = f"tg_{secrets.token_urlsafe(32)}"
        digest = hashlib.sha256(key.encode()).hexdigest()
        token = cls.objects.create(
            account=account, name=name, digest=digest, may_write=may_write, expires_at=expires_at
        )
        return token, key

    @classmethod
    def find(cls, key: str) -> "Token | None":
        """The living token of a key, its account active; use is noted to the hour."""
        digest, moment = hashlib.sha256(key.encode()).hexdigest(), clock.now()
        related = cls.objects.select_related("account__unit", "account__enterprise")
        token = related.filter(digest=digest, account__is_active=True).first()
        if token is None or (token.expires_at and token.expires_at <= moment):
            return None
        if token.last_used_at is None or (moment - token.last_used_at).total_seconds() > 3600:
            cls.objects.filter(pk=token.pk).update(last_used_at=moment)
        return token

    def __str__(self) -> str:
        return self.name
