"""The words that a committee begins with. It changes them as it likes: they become rows.

A title is shown without sign-in too, so it names nobody. A body may use the facts of the event, and what
domain/rendering.py makes of them, in braces. The names that begin with SMS_ stand for the codes of templates which
the SMS provider has approved: put the real ones in.
"""

#: {code: {language: (title, body)}}
TEMPLATES: dict[str, dict[str, tuple[str, str]]] = {
    "sign_in_code": {
        "zh": ("登录验证码", "验证码已发到您的手机。不是您本人在登录的话，不用理会。"),
        "en": ("Sign-in code", "The code was sent to your phone. If it was not you, ignore it."),
    },
    "activity_to_approve": {
        "zh": ("请看一看：{title}", "{unit_name} 提交了活动“{title}”，{starts_at}，{place}。请看看能不能发布。"),
        "en": ("To approve: {title}", "{unit_name} submitted “{title}”, {starts_at}, {place}. Can it be published?"),
    },
    "activity_sent_back": {
        "zh": ("活动请再改一改：{title}", "“{title}”还需要改一下：{reason}。改好后请再提交一次。"),
        "en": ("Please change: {title}", "“{title}” needs a change first: {reason}. Then submit it again."),
    },
    "new_activity": {
        "zh": ("新活动：{title}", "{unit_name} 请您来参加“{title}”。时间：{starts_at}；地点：{place}。点开就能报名。"),
        "en": ("New: {title}", "{unit_name} invites you to “{title}”, {starts_at}, {place}. Open this to sign up."),
    },
    "activity_published": {
        "zh": ("活动已发布：{title}", "您单位的活动“{title}”已经发布，{starts_at}，{place}。"),
        "en": ("Published: {title}", "Your unit's activity “{title}” is open now: {starts_at}, {place}."),
    },
    "activity_changed": {
        "zh": (
            "活动有变动：{title}",
            "您报名的“{title}”有变动：{changed}。现在是：{starts_at}，{place}。来不了请取消报名。",
        ),
        "en": (
            "Changed: {title}",
            "“{title}”, for which you signed up, changed: {changed}. Now: {starts_at}, {place}.",
        ),
    },
    "activity_called_off": {
        "zh": ("活动取消：{title}", "很抱歉，{starts_at} 的“{title}”不办了。原因：{reason}。请不要再前往。"),
        "en": ("Called off: {title}", "We are sorry: “{title}” on {starts_at} will not take place. Reason: {reason}."),
    },
    "sign_up": {
        "zh": ("报名消息：{title}", "“{title}”：{state}。时间：{starts_at}；地点：{place}。"),
        "en": ("Your sign-up: {title}", "“{title}”: {state}. {starts_at}, {place}."),
    },
    "shift_assigned": {
        "zh": (
            "您有一个班：{starts_at}",
            "请您参加 {squad} 的巡逻，{starts_at} 到 {ends_at}。去不了的话，请尽早告诉队长。",
        ),
        "en": (
            "Your shift: {starts_at}",
            "Please join {squad}, {starts_at} to {ends_at}. Cannot come? Tell the leader.",
        ),
    },
    "shift_cancelled": {
        "zh": ("班次取消：{starts_at}", "{squad} {starts_at} 的巡逻取消了，您不用来了。原因：{reason}。"),
        "en": ("Shift cancelled: {starts_at}", "{squad} will not go out at {starts_at}. Reason: {reason}."),
    },
    "danger": {
        "zh": ("紧急：{place} {kind}", "{reporter} 报告：{place} {kind}。{words} 请马上处理，并点一下您的答复。"),
        "en": ("Urgent: {kind}, {place}", "{reporter} reports: {kind}, {place}. {words} Please see to it at once."),
    },
    "trouble": {
        "zh": ("{place} {kind}", "{reporter} 报告：{place} {kind}。{words}"),
        "en": ("{kind}, {place}", "{reporter} reports: {kind}, {place}. {words}"),
    },
    "silence": {
        "zh": ("{squad} {since}没有消息", "{squad} {since}没有消息，请看看他们是否平安。最后一次消息：{last_seen}。"),
        "en": (
            "No news of {squad}",
            "No news of {squad} {since}. Please see whether they are well. Last: {last_seen}.",
        ),
    },
    "squad_is_well": {
        "zh": ("{squad} 平安", "放心吧，{squad} 平安。{said_by} 报的平安。"),
        "en": ("{squad} is well", "All is well with {squad}, says {said_by}."),
    },
    "sos": {
        "zh": ("紧急求助：有人需要帮助", "{person_name}{team} 求助，{where}。请马上联系或前往，并点一下您的答复。"),
        "en": (
            "SOS: somebody needs help",
            "{person_name}{team} calls for help, {where}. Please go, and tap your answer.",
        ),
    },
    "sos_answered": {
        "zh": ("有人来帮您了", "{by_name} 已经收到您的求助，正在赶来。请留在安全的地方。"),
        "en": ("Help is on the way", "{by_name} has your call and is on the way. Please stay where it is safe."),
    },
    "sos_over": {
        "zh": ("求助已解除", "刚才的求助已经解除，大家放心。{by_name}：{note}"),
        "en": ("The call for help is over", "The call for help is over. {by_name}: {note}"),
    },
    "channel_test": {
        "zh": ("试一试：收到了", "您能看到这条消息，说明这个通知方式是通的。"),
        "en": ("A trial: it works", "You can read this, so this channel works."),
    },
}

#: Of other templates: none, so that they are not sent by SMS.
SMS_CODES = {
    "sign_in_code": "SMS_SIGN_IN",
    "danger": "SMS_ALARM",
    "silence": "SMS_ALARM",
    "sos": "SMS_ALARM",
    "sos_answered": "SMS_NOTICE",
    "trouble": "SMS_NOTICE",
    "shift_assigned": "SMS_NOTICE",
    "shift_cancelled": "SMS_NOTICE",
}
