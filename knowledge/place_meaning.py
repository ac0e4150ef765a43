"""What one place name can stand for, and which of that it stands for when nothing else is said.

Built by ``knowledge.gazetteer``. Knows no texts and chooses only between kinds of names.
"""

from collections.abc import Container
from dataclasses import dataclass, replace

from knowledge.municipalities import Municipality


@dataclass(frozen=True, slots=True)
class Meaning:
    """The municipalities a name can stand for, by what kind of name it is of each.

    ``is_contested``: so many people mean a part of another municipality that both are asked about.
    ``is_shared``: other places bear the name as well, as the register's «Dale i Sunnfjord» shows.
    """

    official: tuple[Municipality, ...] = ()  # their own name that year, in any official language
    other_years: tuple[Municipality, ...] = ()  # of what they were or became; or a short form
    minor: tuple[Municipality, ...] = ()  # a district or post town in them
    is_contested: bool = False
    is_shared: bool = False

    @property
    def best(self) -> tuple[Municipality, ...]:
        """Those of the strongest kind. Post towns only put names of other years in order.

        A post town often bears the name of a municipality that it does not lie in.
        """
        if self.is_contested:
            return self.all
        if self.official:
            return self.official
        if self.other_years:
            return tuple(sorted(self.other_years, key=lambda place: place not in self.minor))
        return self.minor

    @property
    def as_municipality(self) -> tuple[Municipality, ...]:
        """Those it stands for with «kommune» after it."""
        if not self.is_contested:
            return self.best
        return tuple(dict.fromkeys((*self.official, *self.other_years))) or self.minor

    @property
    def all(self) -> tuple[Municipality, ...]:
        """All of them, strongest kind first."""
        return tuple(dict.fromkeys((*self.official, *self.other_years, *self.minor)))

    @property
    def rank(self) -> int:
        """0 for a name of that year, 1 for one of another year, 2 for a part of a municipality."""
        return 0 if self.official else 1 if self.other_years else 2

    @property
    def is_minor(self) -> bool:
        """Whether it is only the name of a part of a municipality."""
        return self.rank == 2

    @property
    def is_unmistakable(self) -> bool:
        """Whether it names one municipality, and no post town of that name lies elsewhere."""
        if len(self.official) != 1 or self.is_contested:
            return False
        return not self.minor or self.official[0] in self.minor

    def among(self, places: Container[Municipality]) -> "Meaning":
        """The same name for these municipalities alone."""
        return replace(
            self,
            official=tuple(place for place in self.official if place in places),
            other_years=tuple(place for place in self.other_years if place in places),
            minor=tuple(place for place in self.minor if place in places),
        )
