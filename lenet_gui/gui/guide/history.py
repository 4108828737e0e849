"""Where a reader has been in the guide: back and forward, as in every browser. No Qt."""

from dataclasses import dataclass, field, replace

from lenet_gui.guide.places import Place


@dataclass(frozen=True)
class Stop:
    """A place that was read, and how far it was scrolled when it was left."""

    place: Place
    scrolled: int = 0


@dataclass
class History:
    """The stops, and the one that is read now."""

    _stops: list[Stop] = field(default_factory=list)
    _now: int = -1

    @property
    def now(self) -> Stop | None:
        """What is read; None before the first page."""
        return self._stops[self._now] if self._stops else None

    @property
    def can_go_back(self) -> bool:
        """Whether anything was read before."""
        return self._now > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether the reader has gone back."""
        return self._now + 1 < len(self._stops)

    def visit(self, place: Place) -> None:
        """Goes on to a place; what lay ahead is forgotten. The place that is read comes once."""
        if self.now is not None and self.now.place == place:
            return
        del self._stops[self._now + 1 :]
        self._stops.append(Stop(place))
        self._now += 1

    def leave(self, scrolled: int) -> None:
        """Keeps how far the stop that is read now was scrolled."""
        if self._stops:
            self._stops[self._now] = replace(self._stops[self._now], scrolled=scrolled)

    def step(self, by: int) -> Stop:
        """Goes back (-1) or forward (1); stays where there is nothing."""
        self._now = min(max(self._now + by, 0), len(self._stops) - 1)
        return self._stops[self._now]
