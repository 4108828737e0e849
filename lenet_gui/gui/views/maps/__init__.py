"""Every layer of the network on one drawing, and one map enlarged."""
