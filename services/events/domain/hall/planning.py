"""Which topic at which time by whom: worked out the same way every time, and each proposal says why.

Topics come in the order of their votes. Each takes the first time that suits it; if none is left, one that is taken
moves when it can. Whoever speaks is found among those who can, with the lecture going to whoever has fewest in this
term; it may pass on to somebody else so that one more topic has a speaker. Nobody's lectures are compared with
anybody's: how often, when and of what is all that counts.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from services.events.domain.series.dates import HERE

#: So many exchanges are tried for a topic that finds no time; who asks for a plan waits for it.
MOVES = 20


@dataclass(frozen=True)
class Hour:
    """A time to fill. *place*: the room that is free then; if none is, *against* says of each why not."""

    number: int
    starts_at: datetime
    ends_at: datetime
    place: str | None
    against: tuple[tuple[str, str | None], ...] = ()

    @property
    def on(self) -> date:
        return self.starts_at.astimezone(HERE).date()

    def meets(self, other: "Hour") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Subject:
    """A topic, as far as planning goes."""

    id: UUID
    code: str
    group: str
    votes: int
    months: frozenset[int] = frozenset()
    place: str | None = None
    needs_speaker: bool = True

    def suits(self, hour: Hour) -> bool:
        return self.in_season(hour) and (self.place or hour.place) is not None

    def in_season(self, hour: Hour) -> bool:
        return not self.months or hour.on.month in self.months


@dataclass(frozen=True)
class Voice:
    """A speaker, as far as planning goes."""

    id: UUID
    topics: frozenset[UUID]
    cap: int
    weekdays: frozenset[int] = frozenset()
    away: tuple[tuple[date, date], ...] = ()

    def can(self, subject: Subject, hour: Hour) -> bool:
        return subject.id in self.topics and self.is_free(hour)

    def is_free(self, hour: Hour) -> bool:
        if self.weekdays and hour.on.isoweekday() not in self.weekdays:
            return False
        return not any(begin <= hour.on <= end for begin, end in self.away)


@dataclass
class Plan:
    """What is planned so far. *fixed*: numbers of hours that a person decided."""

    hours: dict[int, Hour]
    voices: dict[UUID, Voice]
    subjects: dict[int, Subject] = field(default_factory=dict)
    speakers: dict[int, UUID] = field(default_factory=dict)
    fixed: frozenset[int] = frozenset()
    _knowing: dict[UUID, list[Voice]] = field(default_factory=dict)  # by topic
    _hours_of: dict[UUID, frozenset[int]] = field(default_factory=dict)  # see _possible()

    def __post_init__(self) -> None:
        order = sorted(self.hours.values(), key=lambda hour: (hour.starts_at, hour.number))
        self.hours = {hour.number: hour for hour in order}
        for voice in self.voices.values():
            for topic in voice.topics:
                self._knowing.setdefault(topic, []).append(voice)

    def fill(self, subjects: Sequence[Subject], repeats: int = 1) -> None:
        """Give each subject a time, then, if it may come again, one more, as long as there are any.

        Whoever gave up a lecture for another one may be free for a subject that was left before: so ask again.
        """
        wanted = sorted(subjects, key=lambda one: (-one.votes, one.code))
        for turn in range(1, repeats + 1):
            while self._round(wanted, turn):
                pass

    def place(self, subject: Subject) -> bool:
        """At a free time that suits; else at one whose subject can move to a free one."""
        if subject.needs_speaker and not self._has_spare():
            return False
        possible, free, asked = self._possible(subject), self._free(), set[UUID]()
        suiting = [hour for hour in free if hour.number in possible]
        suiting.sort(key=lambda hour: (self._beside_its_like(subject, hour), hour.starts_at, hour.number))
        for hour in suiting:
            if self._put(subject, hour, asked):
                return True
            if self._in_vain(subject, asked):
                return False
        return any(self._move_and_put(subject, *move) for move in islice(self._moves(subject, free), MOVES))

    def count(self, subject: Subject) -> int:
        return sum(placed.id == subject.id for placed in self.subjects.values())

    def load(self, voice: UUID) -> int:
        return sum(speaker == voice for speaker in self.speakers.values())

    def beside(self, number: int) -> Iterator[Subject]:
        """What comes just before and just after."""
        order = list(self.hours)
        here = order.index(number)
        for place in (here - 1, here + 1):
            if 0 <= place < len(order) and (subject := self.subjects.get(order[place])):
                yield subject

    def _round(self, wanted: Sequence[Subject], turn: int) -> int:
        """Place each that came less often so far; how many had a time."""
        return sum(self.place(one) for one in wanted if self.count(one) < turn and self._free())

    def _free(self) -> list[Hour]:
        return [hour for hour in self.hours.values() if not (hour.number in self.subjects or hour.number in self.fixed)]

    def _beside_its_like(self, subject: Subject, hour: Hour) -> bool:
        return any(other.group == subject.group for other in self.beside(hour.number))

    def _possible(self, subject: Subject) -> frozenset[int]:
        """The hours at which it could be, were all of them free, and all speakers."""
        if subject.id not in self._hours_of:
            able = self._knowing.get(subject.id, [])
            hours = [hour for hour in self.hours.values() if subject.suits(hour)]
            if subject.needs_speaker:
                hours = [hour for hour in hours if any(voice.is_free(hour) for voice in able)]
            self._hours_of[subject.id] = frozenset(hour.number for hour in hours)
        return self._hours_of[subject.id]

    def _moves(self, subject: Subject, free: list[Hour]) -> Iterator[tuple[Hour, Hour]]:
        """An hour that is taken, and a free one at which its subject could be."""
        for number in sorted(self._possible(subject) & self.subjects.keys() - self.fixed):
            other = self.subjects[number]
            if other.id != subject.id:
                possible = self._possible(other)
                yield from ((self.hours[number], to) for to in free if to.number in possible)

    def _has_spare(self) -> bool:
        """Whether anybody can speak once more."""
        return len(self.speakers) < sum(voice.cap for voice in self.voices.values())

    def _put(self, subject: Subject, hour: Hour, asked: set[UUID]) -> bool:
        self.subjects[hour.number] = subject
        if not subject.needs_speaker or self._find_speaker(hour.number, asked):
            return True
        del self.subjects[hour.number]
        return False

    def _in_vain(self, subject: Subject, asked: set[UUID]) -> bool:
        """Whether all who know it are full, and have nobody to whom they could pass a lecture on."""
        load = Counter(self.speakers.values())
        return all(voice.id in asked and load[voice.id] >= voice.cap for voice in self._knowing.get(subject.id, []))

    def _move_and_put(self, subject: Subject, hour: Hour, to: Hour) -> bool:
        other, before = self.subjects[hour.number], dict(self.speakers)
        del self.subjects[hour.number]
        self.speakers.pop(hour.number, None)
        if self._put(other, to, set()):
            if self._put(subject, hour, set()):
                return True
            del self.subjects[to.number]
        self.subjects[hour.number], self.speakers = other, before
        return False

    def _find_speaker(self, number: int, asked: set[UUID]) -> bool:
        """Somebody for this hour; whoever is full may pass one of theirs on, unless they were asked in vain."""
        able = self._able(number)
        for voice in able:
            if not self._in_the_way(voice, number):
                self.speakers[number] = voice.id
                return True
        for voice in able:
            if voice.id in asked:
                continue
            asked.add(voice.id)
            if any(self._pass_on(voice, other, number, asked) for other in self._in_the_way(voice, number)):
                return True
        return False

    def _pass_on(self, voice: Voice, other: int, number: int, asked: set[UUID]) -> bool:
        if other in self.fixed:
            return False
        del self.speakers[other]
        if not self._in_the_way(voice, number):
            self.speakers[number] = voice.id
            if self._find_speaker(other, asked):
                return True
            del self.speakers[number]
        self.speakers[other] = voice.id
        return False

    def _able(self, number: int) -> list[Voice]:
        hour, subject = self.hours[number], self.subjects[number]
        able = [voice for voice in self._knowing.get(subject.id, []) if voice.is_free(hour)]
        load = Counter(self.speakers.values())
        return sorted(able, key=lambda voice: (load[voice.id], voice.id))

    def _in_the_way(self, voice: Voice, number: int) -> list[int]:
        """Lectures of theirs of which one must go before they can take this one."""
        theirs = [other for other, speaker in self.speakers.items() if speaker == voice.id]
        meeting = [other for other in theirs if self.hours[other].meets(self.hours[number])]
        return meeting or (theirs if len(theirs) >= voice.cap else [])
