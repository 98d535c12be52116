"""Thirteen member units; only the names of U02 and U03 and of the community are real."""

UNITS = (
    # code, name, kind, members, is checked by a clerk
    ("U01", "三顺店社区党支部", "community", 126, False),
    ("U02", "体工二大队党支部", "sports", 70, True),
    ("U03", "回民区文化馆党支部", "culture", 21, True),
    ("U04", "晨光小学党支部", "school", 54, True),
    ("U05", "青禾幼儿园党支部", "kindergarten", 17, True),
    ("U06", "惠民社区卫生服务站党支部", "health", 33, True),
    ("U07", "顺安派出所党支部", "safety", 29, True),
    ("U08", "顺通公交车队党支部", "transport", 70, True),
    ("U09", "北源供热站党支部", "heating", 49, True),
    ("U10", "北疆建筑设计所党支部", "design", 66, True),
    ("U11", "利民市场商户联合党支部", "shops", 24, True),
    ("U12", "丰穗银行顺店支行党支部", "bank", 26, True),
    ("U13", "暖阳社会工作服务中心党支部", "social", 12, True),
)


def records() -> list[dict]:
    return [{"code": c, "name": n, "kind": k, "needs_approval": checked} for c, n, k, _, checked in UNITS]
