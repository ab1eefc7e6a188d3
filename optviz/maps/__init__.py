"""Maps: one lane over many starts or hyperparameters, as many optimizers at once."""
