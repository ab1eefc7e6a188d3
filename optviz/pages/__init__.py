"""The pages that a browser shows: thin, declarative, and without any mathematics."""
