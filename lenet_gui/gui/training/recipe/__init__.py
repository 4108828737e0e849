"""What a training run is started with: the simple face, all settings, their errors."""
