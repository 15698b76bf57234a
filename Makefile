# Two commands matter to a newcomer: `make demo` and `make test`. Everything they need is set up on the way.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DONE := .make
# Suites that promise the same on either database.
ON_POSTGRES := tests/contracts/indicators $(addprefix tests/contracts/test_,ledgers.py ledger_sheets.py) \
	$(addprefix tests/machinery/test_,register_writing.py clocks.py bureau_parameters.py approvals.py spine.py pictures.py phone.py)

.PHONY: help setup demo test check bench docs new lock clean
help:
	@echo "make demo    set everything up, start the platform with the demo county"
	@echo "make test    set everything up, run every test"
	@echo "make check   style, types, layers, migrations, generated docs"
	@echo "make bench   rates with their peers beside them (long)"
	@echo "make docs    write docs/reference from the declarations"
	@echo "make new     a new unit: make new KIND=ledger NAME=safety.drill"
	@echo "make lock    resolve requirements/*.in again"

# `dev` holds everything of `runtime` and the tools of tests, so the two sets never disagree.
$(DONE)/python: requirements/dev.lock
	@mkdir -p $(DONE)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@

$(DONE)/package: $(DONE)/python pyproject.toml setup.py $(wildcard src/tonggui/_native/*.[ch])
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(DONE)/node: frontend/package-lock.json frontend/package.json
	@mkdir -p $(DONE)
	cd frontend && npm ci --silent --no-audit --no-fund
	@touch $@

$(DONE)/assets: $(DONE)/node $(shell find frontend -name node_modules -prune -o -type f -print 2>/dev/null)
	cd frontend && npm run --silent build
	@touch $@

setup: $(DONE)/package $(DONE)/assets

demo: setup
	$(BIN)/tonggui up --demo

test: setup
	@tools/system-packages chromium fonts-noto-cjk libreoffice-writer-nogui poppler-utils
	$(if $(TESTS),$(BIN)/pytest $(TESTS),$(BIN)/pytest -n 2 tests/contracts)
	$(if $(TESTS),,$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder tests/machinery)
	$(if $(TESTS),,$(BIN)/pytest tests/journeys)
	$(if $(TESTS),,TONGGUI_TEST_DATABASE=postgres $(BIN)/pytest -q -n 2 $(ON_POSTGRES))

check: setup
	$(BIN)/ruff check src tests bench tools setup.py
	$(BIN)/ruff format --check src tests bench tools setup.py
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tonggui manage makemigrations --check --dry-run
	$(BIN)/tonggui docs --check
	cd frontend && npm run --silent check

bench: setup
	$(BIN)/python -m bench $(BENCH)

docs: setup
	$(BIN)/tonggui docs

new: setup
	$(BIN)/tonggui new $(KIND) $(NAME)

lock: $(DONE)/python
	tools/lock

clean:
	rm -rf $(VENV) $(DONE) build src/*.egg-info frontend/node_modules src/tonggui/web/static/dist
