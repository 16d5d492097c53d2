# Two commands do everything, set-up included: `make demo` and `make test`. They need Python 3.11 or newer
# (PYTHON=python3.12 chooses one) and an index that pip can reach; everything goes into .venv in this folder.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
AS_OF := 2026-11-21T09:00:00Z
QUICKSTART := examples/quickstart/zowe.yaml

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench docs readme lock clean

help:
	@echo "make demo    check the example deployment and write the fix to demo-change/"
	@echo "make test    the tests"
	@echo "make lint    ruff, mypy and the layers"
	@echo "make bench   speed as ratios, from an installed wheel (benchmarks/README.md)"
	@echo "make docs    docs/rules/ from the rule book, the schema of zcertlint.yaml"
	@echo "make readme  put what check prints today into README.md"
	@echo "make lock    resolve requirements-dev.txt again (fetches the tool that does it)"
	@echo "make clean   remove what these commands made"

# --- set-up ---------------------------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "zcertlint needs Python 3.11 or newer. '$(PYTHON)' is: $$($(PYTHON) --version 2>&1)"; \
	  echo "Name another one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "'$(PYTHON) -m venv' failed. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.installed: $(BIN)/python pyproject.toml
	@echo "Installing zcertlint into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing the development packages into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# --- what people call -----------------------------------------------------------------------------------

# Exit code 1 means that there are findings, and there are: only 2 and above are a failure here.
demo: $(VENV)/.installed
	$(BIN)/zcertlint check $(QUICKSTART) --as-of $(AS_OF) || [ $$? -eq 1 ]
	@echo
	$(BIN)/zcertlint fix $(QUICKSTART) --as-of $(AS_OF) -o demo-change || [ $$? -eq 1 ]

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(VENV)/.installed-dev
	$(BIN)/python benchmarks/run.py

docs: $(VENV)/.installed
	$(BIN)/python scripts/make_rule_pages.py
	$(BIN)/python scripts/make_config_schema.py

readme: $(VENV)/.installed-dev
	$(BIN)/python scripts/refresh_readme.py

lock: $(BIN)/python
	sh scripts/lock.sh $(BIN)/python

clean:
	rm -rf $(VENV) .ci-venv demo-change change build dist .coverage htmlcov \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
