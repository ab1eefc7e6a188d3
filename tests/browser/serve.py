"""Serves the app as `make run` does, but that only what is asked for is compiled."""

import sys

import uvicorn

import app

if __name__ == "__main__":
    # What comes next on a course server is mostly not what these tests ask for.
    app.warm_up_rest = lambda _: None
    uvicorn.run(app.app, port=int(sys.argv[1]))
