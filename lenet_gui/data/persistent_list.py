"""An immutable list that can grow: a longer list shares the items of the shorter one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, cast, overload

Item = TypeVar("Item")


class PersistentList(Sequence[Item], Generic[Item]):
    """Items in their order, read-only; `appended` makes a longer list in constant time.

    Lists made from one another share one store, so that each of them costs a few words,
    its beginnings (`items[:n]`) no more, and comparing it with the list it was made from takes no
    longer for many items than for few. Two lists may be made from one: the second takes a copy,
    unless they differ in nothing but their last items.

    Equal to another such list, or to a tuple, of equal items. Grows in one thread; can be read in
    any.
    """

    __slots__ = ("_count", "_last", "_store")

    def __init__(self, items: Iterable[Item] = ()) -> None:
        store = list(items)
        # The last item is this list's own; the store, which others share, holds those before it.
        self._count = len(store)
        self._last: Item | None = store.pop() if store else None
        self._store = store

    @classmethod
    def of(cls, items: Iterable[Item]) -> "PersistentList[Item]":
        """The items as such a list; one that is a list already as it is."""
        return items if isinstance(items, PersistentList) else cls(items)

    def appended(self, item: Item) -> "PersistentList[Item]":
        """The list with `item` at its end."""
        store = self._store
        if self._count:
            last, place = cast("Item", self._last), self._count - 1
            if place == len(store):
                store.append(last)
            elif store[place] is not last:  # another list was extended here
                store = [*islice(store, place), last]
        return self._sharing(store, self._count + 1, item)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Item]:
        if self._count:
            yield from islice(self._store, self._count - 1)
            yield cast("Item", self._last)

    @overload
    def __getitem__(self, key: int) -> Item: ...

    @overload
    def __getitem__(self, key: slice) -> "PersistentList[Item]": ...

    def __getitem__(self, key: int | slice) -> "Item | PersistentList[Item]":
        if isinstance(key, slice):
            return self._part(*key.indices(self._count))
        place = key + self._count if key < 0 else key
        if not 0 <= place < self._count:
            raise IndexError(f"there is no item {key} among {self._count}")
        return cast("Item", self._last) if place == self._count - 1 else self._store[place]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PersistentList):
            if self._shares_all(other):
                return True
        elif not isinstance(other, tuple):
            return NotImplemented
        return len(self) == len(other) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"PersistentList({list(self)!r})"

    def _shares_all(self, other: "PersistentList[Item]") -> bool:
        """Whether both are the same items of the same store."""
        same = self._store is other._store and self._count == other._count  # noqa: SLF001
        return same and self._last is other._last  # noqa: SLF001

    def _part(self, start: int, stop: int, step: int) -> "PersistentList[Item]":
        if start == 0 and step == 1:
            return self if stop == self._count else self._beginning(stop)
        if step == 1:
            items = self._store[start : min(stop, self._count - 1)]
            if start < stop == self._count:
                items.append(cast("Item", self._last))
            return PersistentList(items)
        return PersistentList(self[place] for place in range(start, stop, step))

    def _beginning(self, count: int) -> "PersistentList[Item]":
        last = self._store[count - 1] if count else None
        return self._sharing(self._store, count, last)

    @staticmethod
    def _sharing(store: list[Item], count: int, last: Item | None) -> "PersistentList[Item]":
        made: PersistentList[Item] = PersistentList()
        made._store, made._count, made._last = store, count, last
        return made
