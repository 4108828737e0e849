"""The history of the guide: back and forward, as in a browser. No Qt."""

from dataclasses import dataclass, field, replace

from lenet_gui.guide.places import Place


@dataclass(frozen=True)
class Stop:
    """A visited place, and its scroll position when it was left."""

    place: Place
    scrolled: int = 0


@dataclass
class History:
    """The stops, and the current one."""

    _stops: list[Stop] = field(default_factory=list)
    _now: int = -1

    @property
    def now(self) -> Stop | None:
        """The current place; None before the first page."""
        return self._stops[self._now] if self._stops else None

    @property
    def can_go_back(self) -> bool:
        """Whether one can go back."""
        return self._now > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether one can go forward."""
        return self._now + 1 < len(self._stops)

    def visit(self, place: Place) -> None:
        """Goes to a place; what was ahead is forgotten. The current place is not added twice."""
        if self.now is not None and self.now.place == place:
            return
        del self._stops[self._now + 1 :]
        self._stops.append(Stop(place))
        self._now += 1

    def leave(self, scrolled: int) -> None:
        """Keeps the scroll position of the current stop."""
        if self._stops:
            self._stops[self._now] = replace(self._stops[self._now], scrolled=scrolled)

    def step(self, by: int) -> Stop:
        """Goes back (-1) or forward (1); stays if there is nothing."""
        self._now = min(max(self._now + by, 0), len(self._stops) - 1)
        return self._stops[self._now]
