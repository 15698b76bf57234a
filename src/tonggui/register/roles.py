"""Roles: what a person is to the bureau. Codes are fixed; ledgers name them in `read`, `write` and `by`."""

ROLES: dict[str, str] = {
    "clerk": "股室经办",
    "monitor": "动态监控员",
    "safety_officer": "安全监管员",
    "overload_officer": "治超执法员",
    "project_officer": "项目管理员",
    "writer": "材料员",
    "director": "局领导",
    "enterprise": "企业用户",
    "admin": "系统管理员",
}

# Groups that a declaration may name in place of their members.
GROUPS: dict[str, frozenset[str]] = {
    "county": frozenset(ROLES) - {"enterprise"},
}


def members(name: str) -> frozenset[str]:
    """The roles that a role or group name stands for; KeyError when there is no such name."""
    if name in GROUPS:
        return GROUPS[name]
    if name in ROLES:
        return frozenset((name,))
    raise KeyError(name)


def title(name: str) -> str:
    """What people call a role or group."""
    return {"county": "局内人员"}.get(name) or ROLES[name]
