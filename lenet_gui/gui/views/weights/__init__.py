"""All trainable weights as pictures, with Table I."""
