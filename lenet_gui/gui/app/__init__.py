"""The window itself: its menus, its view stack, its state, and how it starts."""
