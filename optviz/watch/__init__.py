"""What whoever runs a server sees of it: figures, logs, a page."""
