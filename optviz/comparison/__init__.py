"""Fair comparison: every optimizer is tuned with as many trials, then judged from other starts."""
