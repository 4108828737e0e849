"""Short `repr` of dataclasses that hold arrays or long tuples, for notebooks and tests."""

from dataclasses import fields

_LONGEST = 4
"""Items of a tuple that are still listed."""


class ShortRepr:
    """A base of dataclasses with `repr=False`: of an array only type and shape are shown.

    As in "InkSteps(painted=float32[224, 224], box=...)".
    """

    def __repr__(self) -> str:
        shown = (field for field in fields(self) if field.repr)  # type: ignore[arg-type]
        parts = (f"{field.name}={_short(getattr(self, field.name))}" for field in shown)
        return f"{type(self).__name__}({', '.join(parts)})"


def _short(value: object) -> str:
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        return f"{value.dtype}{list(value.shape)}"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key!r}: {_short(one)}' for key, one in value.items())}}}"
    if isinstance(value, tuple) and len(value) > _LONGEST:
        return f"<{len(value):,} items>"
    return repr(value)
