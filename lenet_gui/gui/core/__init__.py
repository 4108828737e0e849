"""What every package of the window uses: tasks, theme, files, pictures for Qt."""
