"""The digits of both sets as a gallery, and what networks make of them."""
