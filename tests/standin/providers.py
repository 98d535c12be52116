"""The providers' own forms over HTTP: what each checks, and how each says yes and no.

Their signatures are computed here anew, from the providers' documentation, not with the code under test.
"""

import hashlib
import hmac
import time
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.standin import push
from tests.standin.http import Answer, Request

if TYPE_CHECKING:
    from tests.standin.server import Standin

CORP, WECOM_SECRET, AGENT = "ww0standin", "wecom-stand-in-secret-0001", "1000002"
KEY_ID, KEY_SECRET = "LTAI0standin", "sms-stand-in-secret-0001"
TWO_HOURS, FIVE_MINUTES = 7200, 300


def web_push(standin: "Standin", request: Request) -> Answer:
    """RFC 8030's push resource."""
    phone, created = request.last, Answer(201, headers={"Location": f"{standin.url}/receipt/{request.last}"})
    if not standin.decrypt:
        return standin.settle("web_push", phone, {}, request, created, _no)
    try:
        content = {"claims": push.sender(request)} | push.opened(phone, request)
    except push.Rejected as no:
        return Answer(no.status, {"reason": str(no)})
    return standin.settle("web_push", phone, content, request, created, _no)


def wecom_token(standin: "Standin", request: Request) -> Answer:
    """gettoken."""
    if request.query != {"corpid": CORP, "corpsecret": WECOM_SECRET}:
        return _wecom_no(40001, "invalid credential")
    token = standin.new_token()
    body = {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": TWO_HOURS}
    return standin.settle("wecom_token", CORP, {}, request, Answer(200, body), _wecom_no)


def wecom(standin: "Standin", request: Request) -> Answer:
    """message/send."""
    if request.query.get("access_token") not in standin.tokens:
        return _wecom_no(40014, "invalid access_token")
    content = request.json()
    user = content["touser"]
    yes = Answer(200, {"errcode": 0, "errmsg": "ok", "invaliduser": "", "msgid": f"msg-{time.monotonic_ns()}"})
    if content.get("enable_duplicate_check") and standin.has_received("wecom", user, content):
        return yes
    return standin.settle("wecom", user, content, request, yes, _wecom_no)


def wecom_robot(standin: "Standin", request: Request) -> Answer:
    """webhook/send."""
    yes = Answer(200, {"errcode": 0, "errmsg": "ok"})
    return standin.settle("wecom_robot", request.query.get("key", ""), request.json(), request, yes, _wecom_no)


def dingtalk_robot(standin: "Standin", request: Request) -> Answer:
    """robot/send with a signature."""
    token, at = request.query.get("access_token", ""), request.query.get("timestamp", "0")
    secret = dingtalk_secret(token)
    proof = b64encode(hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()).decode()
    if request.query.get("sign") != proof or abs(time.time() - int(at) / 1000) > 3600:
        return _wecom_no(310000, "sign not match")
    yes = Answer(200, {"errcode": 0, "errmsg": "ok"})
    return standin.settle("dingtalk_robot", token, request.json(), request, yes, _wecom_no)


def sms(standin: "Standin", request: Request) -> Answer:
    """Aliyun's SendSms, signed with ACS3-HMAC-SHA256."""
    if request.headers.get("authorization") != _acs3(request):
        return Answer(400, {"Code": "SignatureDoesNotMatch", "Message": "signature", "RequestId": "0"})
    if request.headers["x-acs-action"] != "SendSms":
        return Answer(404, {"Code": "InvalidAction.NotFound", "Message": "action", "RequestId": "0"})
    yes = Answer(200, {"Code": "OK", "Message": "OK", "BizId": f"biz-{time.monotonic_ns()}", "RequestId": "0"})
    return standin.settle("sms", request.query["PhoneNumbers"], dict(request.query), request, yes, _aliyun_no)


def webhook(standin: "Standin", request: Request) -> Answer:
    """A unit's server that holds to standardwebhooks.com."""
    id, at = request.headers.get("webhook-id", ""), request.headers.get("webhook-timestamp", "0")
    key = b64decode(webhook_secret(request.last).removeprefix("whsec_"))
    proof = b64encode(hmac.new(key, f"{id}.{at}.".encode() + request.body, hashlib.sha256).digest()).decode()
    if request.headers.get("webhook-signature") != f"v1,{proof}" or abs(time.time() - int(at)) > FIVE_MINUTES:
        return Answer(401, {"error": "signature"})
    return standin.settle("webhook", request.last, request.json(), request, Answer(204), _no)


def dingtalk_secret(token: str) -> str:
    return f"SEC{hashlib.sha256(token.encode()).hexdigest()}"


def webhook_secret(name: str) -> str:
    return f"whsec_{b64encode(hashlib.sha256(name.encode()).digest()).decode()}"


def _acs3(request: Request) -> str:
    names = ["host", *sorted(name for name in request.headers if name.startswith("x-acs-"))]
    query = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in sorted(request.query.items()))
    headers = "".join(f"{name}:{request.headers.get(name, '')}\n" for name in names)
    hashed = hashlib.sha256(request.body).hexdigest()
    canonical = f"{request.method}\n{request.path}\n{query}\n{headers}\n{';'.join(names)}\n{hashed}"
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    proof = hmac.new(KEY_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={KEY_ID},SignedHeaders={';'.join(names)},Signature={proof}"


def _no(code: Any, said: str) -> Answer:
    return Answer(400, {"reason": f"{code} {said}"})


def _wecom_no(code: Any, said: str) -> Answer:
    return Answer(200, {"errcode": code, "errmsg": said})


def _aliyun_no(code: Any, said: str) -> Answer:
    return Answer(200, {"Code": code, "Message": said, "RequestId": "0"})


PROVIDERS = {
    "/cgi-bin/gettoken": wecom_token,
    "/cgi-bin/message/send": wecom,
    "/cgi-bin/webhook/send": wecom_robot,
    "/robot/send": dingtalk_robot,
    "/push": web_push,
    "/webhook": webhook,
    "/": sms,
}
