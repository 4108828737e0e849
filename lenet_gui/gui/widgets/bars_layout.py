"""Where the rows of the answer's bars lie, for both variants: a pure function, no widgets."""

from dataclasses import dataclass

MARGIN = 8
GAP = 8
_ROW_GAP = 4
_CODE_FACTOR_AT_MOST = 8
_F6_FACTOR_AT_MOST = 24
_BAR_LEAST = 40


@dataclass(frozen=True)
class Span:
    """A horizontal part of every row, in logical pixels."""

    x: float
    width: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True)
class BarSizes:
    """What the font needs, in logical pixels; measured from the widest figures there can be."""

    line: float
    digit: float
    figure: float  # a distance or logit
    share: float  # a probability in per cent


@dataclass(frozen=True)
class CodeBars:
    """The Original's: F6 on the left, then in each row a digit, its code, its bar, its figure.

    Factors are device pixels for each unit of a 7x12 picture.
    """

    top: float
    row_height: float
    f6_factor: int
    code_factor: int
    f6: Span
    digit: Span
    code: Span
    bar: Span
    figure: Span


@dataclass(frozen=True)
class LogitBars:
    """The Modern's: in each row a digit, the logit's bar and figure, the probability's."""

    top: float
    row_height: float
    digit: Span
    logit: Span
    logit_figure: Span
    share: Span
    share_figure: Span


def code_bars(width: float, height: float, ratio: float, sizes: BarSizes) -> CodeBars:
    """Columns and rows for the Original in `width` x `height` logical pixels."""
    top = sizes.line + _ROW_GAP
    row_height = max(sizes.line, 12 * round(ratio) / ratio + _ROW_GAP, (height - top - GAP) / 10)
    fixed = 2 * MARGIN + 4 * GAP + sizes.digit + sizes.figure
    spare = width - fixed - _BAR_LEAST
    code_factor = _whole(
        min((row_height - _ROW_GAP) / 12, spare / 3 / 7, _CODE_FACTOR_AT_MOST), ratio
    )
    code_width = 7 * code_factor / ratio
    f6_factor = _whole(min((spare - code_width) / 7, width * 0.3 / 7, _F6_FACTOR_AT_MOST), ratio)
    f6 = Span(MARGIN, 7 * f6_factor / ratio)
    digit = Span(f6.right + 2 * GAP, sizes.digit)
    code = Span(digit.right + GAP, code_width)
    figure = Span(
        max(width - MARGIN, code.right + GAP + _BAR_LEAST + sizes.figure) - sizes.figure,
        sizes.figure,
    )
    bar = Span(code.right + GAP, figure.x - code.right - GAP)
    return CodeBars(top, row_height, f6_factor, code_factor, f6, digit, code, bar, figure)


def logit_bars(width: float, height: float, sizes: BarSizes) -> LogitBars:
    """Columns and rows for the Modern in `width` x `height` logical pixels."""
    top = sizes.line + _ROW_GAP
    row_height = max(sizes.line + _ROW_GAP, (height - top - GAP) / 10)
    fixed = 2 * MARGIN + 2 * GAP + sizes.digit + sizes.figure + sizes.share
    bar = max(_BAR_LEAST, (width - fixed) / 2)
    digit = Span(MARGIN, sizes.digit)
    logit = Span(digit.right + GAP, bar)
    logit_figure = Span(logit.right, sizes.figure)
    share = Span(logit_figure.right + GAP, bar)
    return LogitBars(
        top, row_height, digit, logit, logit_figure, share, Span(share.right, sizes.share)
    )


def _whole(logical: float, ratio: float) -> int:
    """The whole device pixels in a length of logical ones, at least one for each."""
    return max(round(ratio), int(logical * ratio))


def full_scale(largest: float) -> float:
    """The value of a bar's full length: of a few round ones the first that holds `largest`."""
    for scale in (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 150.0, 200.0, 300.0, 450.0, 650.0):
        if largest <= scale:
            return scale
    return largest
