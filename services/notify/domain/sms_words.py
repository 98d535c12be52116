"""What people write back when an SMS asks them something: the words are data, the reading is forgiving.

A word counts only if the question offers its answer: a yes by mistake is worse than asking once more.
"""

import unicodedata

from services.notify.domain.answer_words import answers_to

#: The key to press for each answer, in the order in which they are offered.
DIGITS = {"ack": "1", "decline": "2", "later": "3", "call_me": "0"}

#: Without spaces and punctuation, in small letters; full-width and circled signs are made plain before.
MEANT: dict[str, str] = {
    "ack": """
        1 一 壹 ok okay yes y yeah yep sure coming icome iwillcome icancome 好 好的 行 可以 是 是的 对 同意 确认
        收到 收到了 能 能来 能去 来 去 我来 我去 来得了 去得了 马上来 马上到 马上去 这就去 这就来 要 参加 我参加
        接 我接 我替 我顶 修好了 好了 已修好 已经修好 已经好了 没问题
    """,
    "decline": """
        2 二 贰 两 no n nope not cannot cant icannot icant notthistime 不 不能 不行 不可以 不好 不来 不去 去不了
        来不了 不能去 不能来 不要 不参加 参加不了 取消 没空 没时间 有事 不方便 不接 替不了 顶不了 接不了 没修好
        还没修好 没好 还没好 没有 还没有 还没 否
    """,
    "later": """
        3 三 叁 10分钟 十分钟 10分钟后 十分钟后 10分钟到 十分钟到 10分钟后到 十分钟后到 晚点 晚点到 晚点来
        晚一点 晚一点到 稍后 稍后到 等会 等会儿 等会到 等一会 一会 一会儿 一会到 一会儿到 过一会 过会儿
        later 10min 10mins 10minutes in10min in10minutes tenminutes intenminutes
    """,
    "call_me": """
        0 零 〇 o 打电话 打个电话 打给我 给我打电话 电话 回电 回电话 回个电话 来电 来电话
        call callme callback callmeback phone phoneme ringme
    """,
}
#: What is polite, and says nothing.
BEFORE = ("您好", "你好", "回复", "答复", "选择", "我选", "选", "回", "请", "我", "please", "hi", "hello", "reply")
AFTER = ("谢谢您", "谢谢你", "谢谢", "吧", "啊", "呀", "哦", "哈", "嗯", "的", "了", "thankyou", "thanks", "please")
#: Longer than this it is a letter, and a person should read it.
LONGEST = 40

_ANSWER_OF = {word: answer for answer, words in MEANT.items() for word in words.split()}


def understood(text: str, topic: str) -> str | None:
    """The answer that somebody gives by these words to what they were told; None: nobody can be sure."""
    offered = answers_to(topic)
    own = {_plain(label): answer for answer, words in offered.items() for label in words.values()}
    answer = _meaning(_plain(text[: LONGEST + 1]), own) if len(text) <= LONGEST else None
    return answer if answer in offered else None


def _plain(text: str) -> str:
    """Full-width and circled signs as plain ones; no spaces, no punctuation."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).lower() if sign.isalnum())


def _meaning(text: str, own: dict[str, str]) -> str | None:
    while text:
        if known := own.get(text) or _ANSWER_OF.get(text):
            return known
        if both := _digit_and_words(text, own):
            return both
        shorter = _less_polite(text)
        if shorter == text:
            return None
        text = shorter
    return None


def _digit_and_words(text: str, own: dict[str, str]) -> str | None:
    """ "1 我去": a key and its meaning, if they agree."""
    if text[0] not in DIGITS.values() or text[1:2].isdigit():
        return None
    by_key, in_words = _ANSWER_OF[text[0]], _meaning(text[1:], own)
    return by_key if by_key == in_words or _is_only_polite(text[1:]) else None


def _is_only_polite(text: str) -> bool:
    while text and (shorter := _less_polite(text)) != text:
        text = shorter
    return not text


def _less_polite(text: str) -> str:
    """One polite word less."""
    for word in BEFORE:
        if text.startswith(word):
            return text.removeprefix(word)
    for word in AFTER:
        if text.endswith(word):
            return text.removesuffix(word)
    return text
