"""The views that explain: each shows what `lenet_gui.explore` finds out."""
