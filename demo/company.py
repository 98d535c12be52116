"""Who does something in the demo set: the secretary, and members who have signed in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from demo import people, tree
from demo.desk import Desk
from demo.sign_in import sign_in

#: Liaison officers and residents who act for themselves. None of the people of the stories: a number gets one code a
#: minute, and whoever tries the demo may want to be one of those at once.
OFFICERS = ("U04", "U06", "U09", "U11")
RESIDENTS = ("刘静", "吴艳霞", "王改梅", "杨国庆", "李玉梅")


@dataclass
class Company:
    """The secretary, and everybody in the register by name."""

    secretary: Desk
    ids: dict[str, str]
    signed_in: dict[str, Desk] = field(default_factory=dict)

    def sign_in(self) -> None:
        numbers = {member.name: member.dialled for member in people.members()}
        names = [*(officer_of(code).name for code in OFFICERS), *RESIDENTS]
        desks = sign_in(self.secretary.url, [numbers[name] for name in names])
        self.signed_in = {name: desks[numbers[name]] for name in names}

    def officer(self, unit: str) -> Desk:
        return self.signed_in[officer_of(unit).name]

    def of(self, unit: str, many: int) -> list[str]:
        """Ids of some members of a unit."""
        return self._some((member for member in others() if member.unit == unit), many)

    def living_in(self, compound: str, many: int) -> list[str]:
        return self._some((one for one in others() if one.home and one.home.compound == compound), many)

    def able(self, skill: str, many: int) -> list[str]:
        return self._some((member for member in others() if skill in member.skills), many)

    def group(self, code: str, many: int) -> list[str]:
        return self._some((member for member in others() if code in member.groups), many)

    def _some(self, members: Iterable[people.Member], many: int) -> list[str]:
        return [self.ids[member.name] for member in members][:many]


def others() -> list[people.Member]:
    """Members of whom no story tells."""
    named = len(people.NAMED)
    return [member for member in people.members()[named:] if member.name not in RESIDENTS]


def officer_of(unit: str) -> people.Member:
    """The unit's liaison officer."""
    return tree.liaisons()[unit][0]
