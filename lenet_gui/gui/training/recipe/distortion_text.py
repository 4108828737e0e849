"""What distortions do to the digits, in words. No Qt."""

from lenet_gui.data.distortion import Distortion


def distortions_text(distortions: Distortion | None, share: float) -> str:
    """What is done to a share (0..1) of the digits, with all ranges that are not 0."""
    if distortions is None or distortions.leaves_all_alone:
        return "The digits are not distorted"
    ranges = [
        words
        for range_, words in (
            (distortions.translation, f"moved by up to {distortions.translation:g} pixels"),
            (distortions.scale, f"larger or smaller by up to {100 * distortions.scale:g} %"),
            (distortions.squeeze, f"squeezed by up to {100 * distortions.squeeze:g} %"),
            (distortions.shear, f"sheared by up to {distortions.shear:g}"),
            (distortions.rotation, f"turned by up to {distortions.rotation:g} degrees"),
            (distortions.elastic, f"warped by {distortions.elastic:g} pixels (deviation)"),
            (
                distortions.stroke,
                f"strokes {distortions.stroke:g} pixels thicker or thinner on each side",
            ),
        )
        if range_
    ]
    which = "Each digit" if share == 1 else f"{100 * share:g} % of the digits"
    return f"{which}, at random in each epoch: {', '.join(ranges)} (the paper gives no ranges)"
