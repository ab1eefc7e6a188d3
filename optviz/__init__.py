"""Race optimizers on two-dimensional surfaces."""
