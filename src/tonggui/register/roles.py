"""Roles: what a person is to the bureau. Codes are fixed; ledgers name them in `read`, `write` and `by`."""

ROLES: dict[str, str] = {
    "clerk": "股室经办",
    "monitor": "动态监控员",
    "safety_officer": "安全监管员",
    "overload_officer": "治超执法员",
    "enforcement_officer": "综合执法员",
    "legal_officer": "法制审核员",
    "transport_officer": "运输管理员",
    "water_officer": "水上监管员",
    "road_officer": "公路管理员",
    "project_officer": "项目管理员",
    "duty_officer": "值班员",
    "party_officer": "党务干事",
    "writer": "材料员",
    "director": "局领导",
    "road_chief": "路长",
    "enterprise": "企业用户",
    "admin": "系统管理员",
}

# Groups that a declaration may name in place of their members.
GROUPS: dict[str, frozenset[str]] = {
    "county": frozenset(ROLES) - {"enterprise", "road_chief"},
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
