"""Numbers as they are written: figures, shares, durations, lists. No Qt, no numpy."""

import math
import re
from collections.abc import Callable, Iterable, Sequence

from lenet_gui.printable import shortened


def true_minus(written: str) -> str:
    """A written figure with a minus sign in place of its hyphen."""
    return written.replace("-", "−")


_MOST_DIGITS = 17
"""With so many any two different numbers are written differently."""

_SMALL_LIMIT = 0.095
"""Below it two decimals say too little."""

_LONG = 1e6
"""From here on a figure is written with a power of ten: otherwise it would be cut off."""


def figure(value: float, digits: int = 2) -> str:
    """A figure with a true minus sign; never "−0.00". One of a million or more: "2.06e30"."""
    return true_minus(_power(value, digits) or f"{value:z.{digits}f}")


def signed(value: float, digits: int = 2) -> str:
    """A figure with its sign, whichever it is."""
    return true_minus(_power(value, digits, "+") or f"{value:+z.{digits}f}")


def _power(value: float, digits: int, sign: str = "-") -> str:
    """A long figure with a power of ten; empty for another."""
    if not _LONG <= abs(value) < math.inf:
        return ""
    figures, _, power = f"{value:{sign}.{digits}e}".partition("e")
    return f"{figures}e{int(power)}"


def never_zero(value: float, digits: int = 2) -> str:
    """A figure that stands alone: one that is not 0 never reads "0.00", but such as "4.1e-4"."""
    if value and float(f"{value:.{digits}f}") == 0:  # a half may be rounded down
        return f"{'−' if value < 0 else ''}{two_digits(abs(value))}"
    return figure(value, digits)


def short(value: float, digits: int = 6) -> str:
    """A figure with no more decimals than it has, and so many digits at most: "0.1", "−1"."""
    written = f"{value + 0.0:.{digits}g}"  # + 0: no minus before 0
    figures, power_sign, power = written.partition("e")
    return true_minus(figures) + (f"e{int(power)}" if power_sign else "")


def significant(value: float, digits: int = 3) -> str:
    """A figure with so many digits, noughts at its end too: "0.470", "12.3", "1.20e-5".

    Of a thousand or more all digits before the point are written, of a million a power of ten.
    """
    figures, power_sign, power = f"{value + 0.0:#.{digits}g}".partition("e")
    if power_sign and 1 <= abs(value) < _LONG:
        return true_minus(f"{value:.0f}")
    return true_minus(figures.removesuffix(".")) + (f"e{int(power)}" if power_sign else "")


def told_apart(
    values: Sequence[float],
    digits: int = 6,
    write: Callable[[float, int], str] = short,
    most: int = _MOST_DIGITS,
) -> list[str]:
    """Values written with so many digits, all with more, up to `most`, where two read alike.

    Args:
        values: any; those that are equal are written alike.
        digits: as `write` takes them, to begin with.
        write: one of the functions here that take a value and digits.
        most: no more digits than these.
    """
    different = len(set(values))
    for enough in range(digits, most):
        written = [write(value, enough) for value in values]
        if len(set(written)) == different:
            return written
    return [write(value, most) for value in values]


def two_digits(value: float) -> str:
    """A number above 0 with its two leading digits: "7.1e-5", "0.016", "12"."""
    if value < 0.001:
        figures, _, power = f"{value:.1e}".partition("e")
        return f"{figures.removesuffix('.0')}e{int(power)}"
    return f"{value:.2g}"


def signed_small(value: float) -> str:
    """A signed figure, however small: "+0.0732", "−7.6e-4", "0"."""
    if value == 0:
        return "0"
    if abs(value) < 0.001:
        return f"{'−' if value < 0 else '+'}{two_digits(abs(value))}"
    return signed(value, 4)


_ROUNDING = 1e-6
"""How far a float32 of about 1 may be from the figure with three decimals that it stands for."""


def limit_figure(limit: float) -> str:
    """The value of a full colour, short, and however small it is: "1.72", "12.3", "7.6e-4"."""
    if limit < _SMALL_LIMIT:
        return signed_small(limit).removeprefix("+")
    if limit < 9.995:
        is_midway = abs(limit * 100 % 1 - 0.5) < 100 * _ROUNDING  # between two with two decimals
        return figure(round(limit, 3) if is_midway else limit, 3 if is_midway else 2)
    return figure(limit, 1 if limit < 99.95 else 0)


def colour_range(limit: float, *, from_zero: bool = False) -> str:
    """The values that the colours stand for: "±1.72", or "0–167" where none is ever negative."""
    return f"0–{limit_figure(limit)}" if from_zero else f"±{limit_figure(limit)}"


def percent(share: float, digits: int = 2) -> str:
    """A share of 0..1 as "98.61 %"; it is said to be 100 where it is: else ">99.99 %"."""
    written = figure(100 * share, digits)
    if share < 1 and written == figure(100, digits):
        written = f">{figure(100 - 10.0**-digits, digits)}"
    return f"{written} %"


PERCENT_DECIMALS = 9
"""So many tell any two shares of this program's sets apart; further ones are binary rounding."""


def in_percent(share: float) -> float:
    """A share of 0..1 in percent, as a number: of 1 - 0.9219 it is 7.81, not 7.809999999999995."""
    return round(100 * share, PERCENT_DECIMALS)


def probability(share: float) -> str:
    """A probability in percent; never shown as 0 or 100."""
    if share < 0.0005:
        return "<0.1 %"
    if share >= 0.9995:
        return ">99.9 %"
    return percent(share, 1)


_LONGEST_DATA = 24


def as_test_error(accuracy: float, digits: str) -> str:
    """What an accuracy of 0..1 on test digits leaves, and on whose: "MNIST test error 0.97 %".

    `digits` is what the training called its digits, such as "MNIST training" or "fashion
    training"; where it is nothing that this program says, "test error 0.97 %" alone.
    """
    error = f"test error {figure(in_percent(1 - accuracy))} %"
    if digits.startswith("MNIST"):
        return f"MNIST {error}"
    if digits.startswith("built-in"):
        return f"{error} on built-in digits"
    name = digits.removesuffix(" training")
    return error if name == digits else f"{error} on {shortened(name, _LONGEST_DATA)}"


def duration(seconds: float) -> str:
    """Coarse enough to be steady: "8 s", "2 min 30 s", "14 min", "2 h 5 min"."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 10:
        rest -= rest % 10
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min"


def about_duration(seconds: float) -> str:
    """An estimated duration, coarser than `duration`: "45 s", "3 min 30 s", "25 min"."""
    steps = ((10, 1), (60, 5), (600, 30), (3600, 60), (math.inf, 300))
    step = next(step for below, step in steps if seconds < below)
    return duration(max(1, step * round(seconds / step)))


def comma_list(numbers: Iterable[int]) -> str:
    """Numbers one by one: "0, 1, 3"."""
    return ", ".join(str(number) for number in numbers)


def spans(numbers: Iterable[int]) -> str:
    """Numbers as ranges: "3, 5 to 7 and 9"; at least one."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    parts: list[str] = []
    for span in found:
        parts += [f"{span[0]} to {span[-1]}"] if len(span) > 2 else [str(one) for one in span]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def a_digit(digit: int) -> str:
    """A digit with its article: "a 7", "an 8"."""
    return f"an {digit}" if digit == 8 else f"a {digit}"


def lower_first(sentence: str) -> str:
    """A sentence in the middle of another: "not a digit" for "Not a digit"."""
    return sentence[:1].lower() + sentence[1:]


def upper_first(words: str) -> str:
    """Words that begin a sentence: "Output 3" for "output 3"."""
    return words[:1].upper() + words[1:]


def counted(number: int, thing: str) -> str:
    """A number of things: "1 frame", "21 frames"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def with_crosses(text: str) -> str:
    """Sizes such as 5x5 with the multiplication sign."""
    return re.sub(r"(?<=\d)x(?=\d)", "×", text)
