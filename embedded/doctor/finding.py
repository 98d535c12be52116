"""What the doctor finds, in the language of whoever asks."""

import os
from dataclasses import dataclass

#: The same in Chinese and in English.
Words = tuple[str, str]

MARKS = {"fine": "✓", "note": "·", "wrong": "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. *wrong*: somebody must do something; *note*: somebody should know."""

    level: str
    words: Words
    todo: Words = ("", "")

    def __str__(self) -> str:
        which = language()
        todo = f"\n    → {self.todo[which]}" if self.todo[which] else ""
        return f"{MARKS[self.level]} {self.words[which]}{todo}"


def fine(*words: str) -> Finding:
    return Finding("fine", (words[0], words[1]))


def note(words: Words, todo: Words = ("", "")) -> Finding:
    return Finding("note", words, todo)


def wrong(words: Words, todo: Words) -> Finding:
    return Finding("wrong", words, todo)


def language() -> int:
    """0 where the locale is Chinese, else 1."""
    locale = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return 0 if locale.lower().startswith("zh") else 1
