"""Where the rules come from: the book and the lectures that several of them are printed in."""

BOOK = "Goodfellow, Bengio and Courville (2016), Deep Learning"
CSPB = "CSPB 3202, Optimization and Tips for Neural Network Training"
FHWS = "FHWS Deep Learning, lecture 6, Optimizers explained"
ME336 = "ME336 (SUSTech), lecture 09, Network Tuning II"
PYTORCH = "PyTorch 2.13, torch.optim"
SESSION_11 = "Session 11, Training and Learning Rates"
