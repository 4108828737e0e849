"""Data sets that people bring: MNIST under other names, its relatives, tables, pictures."""

from lenet_gui.data.collections.collection import Collection
from lenet_gui.data.collections.reading import read_collection

__all__ = ["Collection", "read_collection"]
