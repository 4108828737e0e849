"""The Python API: what `import lenet_gui` offers, over what the commands and the window use.

`lenet_gui/__init__.py` imports each name here when it is used first.
"""
