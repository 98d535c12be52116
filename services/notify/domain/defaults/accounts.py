"""What is said about people's own sign-in and channels."""

from services.notify.domain.defaults.rule import Words, rule

RULES = [
    rule(
        "sign_in_code",
        "members.sign_in_code_made.v1",
        [{"field": "person_id"}],
        "sign_in_code",
        "duty",
        channels=["sms"],
        why={"zh": "登录需要验证码", "en": "signing in needs a code"},
    ),
    rule(
        "channel_test",
        "notify.channel_test",
        [{"field": "person_id"}],
        "channel_test",
        "service",
        why={"zh": "您按了“试一试”", "en": "you asked for a trial"},
    ),
]
TEMPLATES: Words = {
    "sign_in_code": {
        "zh": ("登录验证码", "验证码已发到您的手机。不是您本人在登录的话，不用理会。"),
        "en": ("Sign-in code", "The code was sent to your phone. If it was not you, ignore it."),
    },
    "channel_test": {
        "zh": ("试一试：收到了", "您能看到这条消息，说明这个通知方式是通的。"),
        "en": ("A trial: it works", "You can read this, so this channel works."),
    },
}
SMS_CODES: dict[str, str] = {"sign_in_code": "SMS_SIGN_IN"}
