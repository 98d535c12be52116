"""What is said of venues and bookings."""

from services.notify.domain.defaults.rule import Words, rule

PAGE = "/venues/{venue_id}"
BOOKING, TO_DECIDE = "/bookings/{booking_id}", "/desk/bookings/{booking_id}"
BOOKED = {"zh": "您预订了场地", "en": "you booked the venue"}
CARES = {"zh": "您照看这个场地", "en": "you look after this venue"}
OFFICERS = [{"unit_officers": "unit_id"}, {"unit_webhook": "unit_id"}]
CARERS = [{"field": "person_ids"}, *OFFICERS]


def _to_holder(what: str, urgency: str = "service") -> dict:
    """News of a booking for who made it."""
    more = {"thread": "booking_id", "link": BOOKING, "why": BOOKED}
    return rule(what, f"events.{what}.v1", [{"field": "person_id"}], what, urgency, **more)


RULES = [
    rule("venue_hours", "events.venue_hours_changed.v1", CARERS, "venue_hours", "service", link=PAGE, why=CARES),
    rule("venue_closed", "events.venue_closed.v1", CARERS, "venue_closed", "duty", link=PAGE, why=CARES),
    rule("venue_opened", "events.venue_opened.v1", CARERS, "venue_opened", "duty", link=PAGE, why=CARES),
    rule(
        "booking_to_decide",
        "events.booking_asked.v1",
        [*OFFICERS, {"role": "clerk"}],
        "booking_to_decide",
        "service",
        thread="booking_id",
        link=TO_DECIDE,
        why={"zh": "有人想用场地，要您看一看", "en": "somebody would like to use a venue"},
    ),
    _to_holder("booking_decided"),
    _to_holder("booking_to_confirm"),
    _to_holder("booking_released"),
    _to_holder("bookings_suspended", "duty"),
    _to_holder("bookings_restored", "duty"),
]
TEMPLATES: Words = {
    "venue_hours": {
        "zh": ("{place}：开放时间有变动", "{place} 的开放时间改了。请点开看看新的时间，值班也请对一对。"),
        "en": ("{place}: new opening hours", "{place} has new opening hours. Please have a look at them."),
    },
    "venue_closed": {
        "zh": ("{place} 暂停开放", "{place} 从 {since} 起暂停开放（{cause}）：{reason}。请锁好门，贴上告示。"),
        "en": ("{place} is closed", "{place} is closed from {since} ({cause}): {reason}. Please lock it."),
    },
    "venue_opened": {
        "zh": ("{place} 恢复开放", "{place} 恢复开放了，请照常开门。"),
        "en": ("{place} is open again", "{place} is open again. Please open as usual."),
    },
    "booking_to_decide": {
        "zh": (
            "场地申请：{place}",
            "有人想用 {place}：“{title}”，{starts_at} 到 {ends_at}，共 {count} 次。请看看能不能给。",
        ),
        "en": ("To decide: {place}", "Somebody asks for {place}: “{title}”, {starts_at} to {ends_at}, {count} in all."),
    },
    "booking_decided": {
        "zh": ("场地预订：{place}", "“{title}”（{place}，{starts_at}，共 {count} 次）：{decision}。{reason}"),
        "en": ("Your booking: {place}", "“{title}” ({place}, {starts_at}, {count} in all): {decision}. {reason}"),
    },
    "booking_to_confirm": {
        "zh": (
            "还要用 {place} 吗？",
            "“{title}”下个月在 {place} 还有 {count} 次，第一次是 {starts_at}。请在 {answer_by} 前确认，不然让给别人。",
        ),
        "en": (
            "Do you still need {place}?",
            "“{title}” has {count} more in {place} next month, from {starts_at}. Please confirm by {answer_by}.",
        ),
    },
    "booking_released": {
        "zh": (
            "场地预订已释放：{place}",
            "“{title}”在 {place} 的 {count} 次预订（从 {starts_at} 起）已经释放：{release}。",
        ),
        "en": (
            "Booking released: {place}",
            "{count} of “{title}” in {place} from {starts_at} were released: {release}.",
        ),
    },
    "bookings_suspended": {
        "zh": (
            "{place} 暂停开放，您的预订受影响",
            "{place} 暂停开放（{cause}）：{reason}。您的“{title}”有 {count} 次用不了，从 {starts_at} 起。恢复后照旧。",
        ),
        "en": (
            "{place} is closed: your booking",
            "{place} is closed ({cause}): {reason}. {count} of “{title}” from {starts_at} are off until it opens.",
        ),
    },
    "bookings_restored": {
        "zh": (
            "{place} 恢复开放，您的预订照旧",
            "{place} 恢复开放了。您的“{title}”照旧，下一次是 {starts_at}，共 {count} 次。",
        ),
        "en": ("{place} is open again", "{place} is open again: “{title}” holds as before, next on {starts_at}."),
    },
}
SMS_CODES: dict[str, str] = {"bookings_suspended": "SMS_NOTICE", "bookings_restored": "SMS_NOTICE"}
