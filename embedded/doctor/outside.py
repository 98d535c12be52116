"""What leads out of the house: gateways, the address that people type. From the settings given here."""

import os
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from embedded.doctor.finding import Finding, fine, note, wrong
from embedded.running import address

#: What each gateway needs, all of it.
SMS = ("SMS_URL", "SMS_KEY_ID", "SMS_KEY_SECRET")
OTHERS = {"WeCom": ("WECOM_URL", "WECOM_CORP_ID", "WECOM_AGENT_ID", "WECOM_SECRET"), "SMTP": ("SMTP_URL",)}


def gateways(data: Path) -> Iterator[Finding]:
    if _is_demo(data):
        yield note(
            ("演示模式：消息只到演示手机，不会真的发出", "The demo: messages go to its phones, not to the world")
        )
        return
    yield from _sms()
    for name, needed in OTHERS.items():
        missing = [one for one in needed if not given(one)]
        if 0 < len(missing) < len(needed):
            yield wrong(
                (f"{name} 只设置了一半", f"{name} is only half set up"),
                (f"还缺：{'、'.join(missing)}", f"Still missing: {', '.join(missing)}"),
            )
        elif missing:
            yield note((f"没有设置 {name}", f"{name} is not set up"))
        else:
            yield fine(f"{name} 已设置", f"{name} is set up")


def public_url(data: Path) -> Iterator[Finding]:
    url = os.environ.get("PUBLIC_URL") or address(data) or ""
    if not url or _is_loopback(urlsplit(url).hostname or ""):
        yield note(
            ("没有对外的网址：只有这台机器能打开", "There is no public address: only this machine reaches it"),
            ("设置 PUBLIC_URL 为大家输入的 https 网址", "Set PUBLIC_URL to the https address that people type"),
        )
    elif urlsplit(url).scheme != "https":
        yield wrong(
            (f"PUBLIC_URL 不是 https：{url}", f"PUBLIC_URL is not https: {url}"),
            (
                "前面放一个带证书的代理：没有 https，手机不能扫码、定位、离线和推送，密码也不保密",
                "Put a proxy with a certificate before it: without https phones have no camera, place, offline use or "
                "push, and sign-in can be overheard",
            ),
        )
    else:
        yield fine(f"对外网址 {url}", f"Public address {url}")


def given(name: str) -> str:
    """A setting, as shared/config.py reads it."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip() if Path(path).is_file() else ""
    return os.environ.get(name, "")


def _sms() -> Iterator[Finding]:
    missing = [name for name in SMS if not given(name)]
    if not missing:
        yield fine("短信已设置", "SMS is set up")
        return
    yield wrong(
        ("短信没有设置好，谁也收不到登录验证码", "SMS is not set up: nobody gets a code to sign in"),
        (
            f"还缺：{'、'.join(missing)}（用启动时同样的环境变量运行本命令）",
            f"Missing: {', '.join(missing)} (run this with the same environment as the product)",
        ),
    )


def _is_demo(data: Path) -> bool:
    """The first start loads the demo set unless it is told not to, and leaves its log-ins behind."""
    off = os.environ.get("DEMO", "true").lower() in {"false", "no", "off", "0"} or "DATABASE_URL" in os.environ
    return not off and not given("SMS_URL") and ((data / "demo-logins.txt").exists() or not data.exists())


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
