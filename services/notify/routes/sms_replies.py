"""Where the SMS gateway pushes what people reply. It signs nothing, so the address itself is the secret."""

from collections.abc import Callable
from functools import wraps
from hmac import compare_digest

from flask import g, request
from flask_smorest import Blueprint

from services.notify.domain import sms_replies
from services.notify.schemas.sms_replies import MOST, SmsUp, SmsUpTaken
from shared.auth import PUBLIC, needs
from shared.config import config
from shared.errors import NotFound, TooLarge
from shared.metrics import SMS_REPLIES

bp = Blueprint("sms-replies", __name__, description="Replies by SMS")

LARGEST = 512 * 1024


@bp.url_value_preprocessor
def expect_json_and_not_much(endpoint, values) -> None:
    """It is JSON, whatever the gateway calls it. Flask calls this before anything looks at the body."""
    request.max_content_length = LARGEST
    request.environ["CONTENT_TYPE"] = "application/json"


def from_the_gateway(view: Callable) -> Callable:
    """Let nobody else in, and read nothing that they send. Without SMS_UP_TOKEN there is no such door."""

    @wraps(view)
    def guarded(*args, token: str):
        ours = config().sms_up_token
        if not ours or not compare_digest(token.encode(), ours.encode()):
            raise NotFound
        return view(*args)

    return guarded


@bp.post("/sms/replies/<string:token>")
@needs(PUBLIC)
@from_the_gateway
@bp.arguments(SmsUp(many=True))
@bp.response(200, SmsUpTaken)
def take_replies(replies):
    """What people replied to SMS, as Aliyun's SmsUp pushes it; what was not taken is pushed again"""
    if len(replies) > MOST:
        raise TooLarge(max=MOST)
    for reply in replies:
        SMS_REPLIES.labels(sms_replies.take(g.db, reply)).inc()
    return {"code": 0, "msg": "接收成功"}
