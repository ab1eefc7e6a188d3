# Two commands: `make run` serves the app, `make test` checks everything.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test test-library test-library-kernels test-library-tree test-library-folders test-library-files \
	test-browser lint bench nginx stack-test load image-test suggestions clean

# Compiled programs are kept, 256 MB of them, so that the next start is warm at once: in a folder of
# their own, as JAX bounds one only if it has from its beginning.
run: export JAX_COMPILATION_CACHE_DIR ?= .cache/programs
run: export JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS ?= 0
run: export JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES ?= -1
run: export JAX_COMPILATION_CACHE_MAX_SIZE ?= 268435456
run: $(VENV)/.app
	@$(BIN)/python -c "import socket; socket.create_server(('127.0.0.1', $(PORT)))" 2> /dev/null || \
		{ echo "Port $(PORT) cannot be used; choose another one: make run PORT=8600"; exit 1; }
	@echo "optviz starts, which takes a while the first time; then it is at http://127.0.0.1:$(PORT)"
	$(BIN)/uvicorn app:app --host 127.0.0.1 --port $(PORT) --log-level warning --no-access-log

test: $(VENV)/.dev
	tests/browser/install-chromium
	$(MAKE) --jobs=7 --output-sync=target lint test-browser test-library

# In rows side by side: alone, each would leave a core idle now and then. They give way to the
# browser's, which wait for a page most of the time, and not well for a core, and to the longest.
LIBRARY := nice -n 4 $(BIN)/python -m pytest
test-library: test-library-kernels test-library-tree test-library-folders test-library-files

test-library-kernels: $(VENV)/.dev
	$(BIN)/python -m pytest tests/optviz/kernels tests/optviz/test_[a-e]*.py

test-library-folders: $(VENV)/.dev
	$(LIBRARY) $(filter-out %/kernels/,$(wildcard tests/optviz/[a-z]*/))

# What looks at the whole tree: recipes are carried out on a copy, which takes long.
test-library-tree: $(VENV)/.dev
	$(LIBRARY) tests/test_*.py

test-library-files: $(VENV)/.dev
	$(LIBRARY) --ignore tests/browser --ignore tests/stack --ignore-glob 'tests/optviz/*/*' \
		--ignore-glob 'tests/optviz/test_[a-e]*.py' --ignore-glob 'tests/test_*.py'

# By the first letters of their names.
test-browser: test-browser-a-m test-browser-n-z

test-browser-%: $(VENV)/.dev
	$(BIN)/python -m pytest tests/browser/test_[$*]*.py

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/npx --yes --package typescript@5.9 tsc -p jsconfig.json

bench: $(VENV)/.dev
	tests/browser/install-chromium
	$(BIN)/python -m benchmarks

# nginx, as deploy/nginx.conf says, before two servers, which are killed and cut off.
stack-test: $(VENV)/.stack nginx
	tests/browser/install-chromium
	$(BIN)/python -m pytest tests/stack

# Three hundred students, and one who means harm; `python -m benchmarks.load --help` has more.
load: $(VENV)/.dev nginx
	$(BIN)/python -m benchmarks.load --harm

nginx:
	command -v nginx /usr/sbin/nginx > /dev/null || \
		{ apt-get update -qq; apt-get install -y -qq nginx-light > /dev/null; }

# Builds the image in a bare Debian, without an engine, and starts it with all restrictions.
image-test: $(VENV)/.dev
	{ command -v debootstrap && command -v bwrap; } > /dev/null || \
		{ apt-get update -qq; apt-get install -y -qq debootstrap bubblewrap > /dev/null; }
	$(BIN)/python -m tests.image.check

# The learning rates that suit a surface, found anew.
suggestions: $(VENV)/.app
	$(BIN)/python -m optviz.tuning

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.app: $(BIN)/python requirements.txt requirements-library.txt requirements-app.txt
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check -r requirements.txt
	@touch $@

# At once, with what the app needs: it is sooner done than one after the other.
$(VENV)/.dev: $(BIN)/python requirements.txt requirements-library.txt requirements-app.txt requirements-dev.txt
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $(VENV)/.app $@

$(VENV)/.stack: $(VENV)/.dev tests/stack/requirements.txt
	$(BIN)/pip install --quiet --no-compile --disable-pip-version-check -r tests/stack/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
