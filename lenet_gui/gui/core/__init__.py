"""What every room of the window stands on: tasks, theme, files, pictures for Qt."""
