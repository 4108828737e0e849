"""The user's guide: pages of Markdown, how they are read, and where each thing is explained."""
