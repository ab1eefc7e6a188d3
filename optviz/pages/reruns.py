"""How many pages' scripts run at once: more would only keep the event loop from its turn."""

from threading import BoundedSemaphore

# Each session's script runs in a thread of its own; of many runs that a page asks for while it
# waits, Streamlit leaves one.
AT_ONCE = 2

TURN = BoundedSemaphore(AT_ONCE)
