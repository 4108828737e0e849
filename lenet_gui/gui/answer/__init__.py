"""What the network answers: the digit, the distances or logits, and how sure it is."""
