# `make` alone says what there is to do.

PYTHON ?= python3
ARGS ?=
UPGRADE ?=
FAULT ?=
DB ?=
SEED ?=
BENCH ?=
SEEDS ?=
FRESH ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := $(PIP) install --no-deps --require-hashes
CHECKOUT := $(PIP) install --no-deps --no-build-isolation --no-index --editable .

# All tests run on two cores; a file's tests stay together, and share what they start. In the order of their
# names the short files come last, so that neither core has a long one left when the other is done.
SIDE_BY_SIDE := --numprocesses 2 --dist loadfile --no-loadscope-reorder

# Without bytecode each of the many processes would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help playground install test chaos bench check dev lock clean

help:
	@echo "make playground   set up what it needs, and start it (MODEL=file.gguf for a model of your own)"
	@echo "make test         run all tests (ARGS='tests/chat -k window' for some)"
	@echo "make chaos        break everything for two hours (FAULT=F9 DB=postgresql SEED=3 for less, FRESH=1 to begin anew)"
	@echo "make bench        Confab beside a bot of the usual shape (BENCH=B1 for one, ARGS=--keep to put it into README)"
	@echo "make install      make .venv with everything in it"
	@echo "make check        lint, types, import contracts, migrations"
	@echo "make dev          the playground, where the bot starts again at every change"
	@echo "make lock         write requirements/*.txt anew (UPGRADE=1 for newer versions)"
	@echo "make clean        remove .venv and everything that was built or cached here"

playground: $(VENV)/.playground
	@exec $(BIN)/confab playground $(ARGS)

install: $(VENV)/.everything

test: $(VENV)/.everything
	@$(BIN)/python -m pytest $(or $(ARGS),$(SIDE_BY_SIDE))

bench: $(VENV)/.everything
	@$(BIN)/python -m benchmarks $(BENCH) $(ARGS)

chaos: $(VENV)/.everything
	@$(BIN)/python -m tests.faults $(if $(FAULT),--fault $(FAULT)) $(if $(DB),--database $(DB)) \
		$(if $(SEED),--seed $(SEED)) $(if $(SEEDS),--seeds $(SEEDS)) $(if $(FRESH),--fresh)

check: $(VENV)/.everything
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT \
	&& export DATABASE_URL="sqlite:///$$folder/check.db" \
	&& echo "$(BIN)/alembic upgrade head && $(BIN)/alembic check" \
	&& $(BIN)/alembic upgrade head && $(BIN)/alembic check

dev: $(VENV)/.everything
	@exec $(BIN)/confab playground --reload $(ARGS)

# Resolved for the oldest Python that Confab runs on. Every package must have a wheel, so nobody needs a compiler.
COMPILE = $(BIN)/uv pip compile --quiet --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
	--only-binary :all: --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)
SAME := --constraint requirements/all.txt

lock: $(VENV)/.made
	$(PIP) install uv
	$(COMPILE) -o requirements/all.txt pyproject.toml --extra tests requirements/build.in requirements/weights.in
	$(COMPILE) -o requirements/playground.txt $(SAME) pyproject.toml --extra playground --extra entra --extra files \
		requirements/build.in requirements/weights.in
	$(COMPILE) -o requirements/run.txt $(SAME) pyproject.toml --extra postgresql --extra entra --extra files
	$(COMPILE) -o requirements/build.txt $(SAME) requirements/build.in

clean:
	rm -rf $(VENV) .playground .chaos build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot migrations tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# Stamps. What is set up already starts at once; a changed lock or pyproject.toml is installed anew.

$(VENV)/.everything: requirements/all.txt pyproject.toml | $(VENV)/.made
	@echo "Installing Confab with everything that its tests need (about 275 MB to download, once)."
	@$(LOCKED) -r requirements/all.txt
	@$(CHECKOUT)
	@touch $@ $(VENV)/.playground

$(VENV)/.playground: requirements/playground.txt pyproject.toml | $(VENV)/.made
	@echo "Installing Confab and its practice model (about 165 MB to download, once)."
	@$(LOCKED) -r requirements/playground.txt
	@$(CHECKOUT)
	@touch $@

$(VENV)/.made:
	@command -v $(PYTHON) > /dev/null || { \
		echo "There is no $(PYTHON) here. Confab needs Python 3.11 or newer: sudo apt-get install python3 python3-venv"; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Confab needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1)."; \
		echo "If a newer one is here, name it: make $(MAKECMDGOALS) PYTHON=python3.12"; \
		exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2> /dev/null || { \
		echo "Python's venv module is missing. This installs it (leave out sudo where you are root):"; \
		echo "  sudo apt-get install python3-venv"; \
		exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
