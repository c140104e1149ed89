# Two commands matter: `make run` and `make test`. Each does its own set-up, once.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
STAMPS := $(VENV)/.stamps
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))
# The languages of the interface that are complete; `make check` refuses a missing string in them.
UI_LANGUAGES := fr ar

# Given on the command line (make run PORT=8001) or in the environment; lms/settings.py reads them.
ifdef PORT
export PORT
endif
# A machine that never writes byte code starts everything slowly.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- using it ---

.PHONY: run
run: setup ## Serve the site on http://localhost:8000 with demo content (PORT=8001 for another port)
	@exec $(PYTHON) manage.py serve --demo

.PHONY: demo
demo: setup ## Load the demo content again (safe to repeat)
	@$(PYTHON) manage.py prepare
	@$(PYTHON) manage.py demo

# --- working on it ---

.PHONY: test
test: setup-dev browser ## Run every test: units and views, then browser journeys
	@$(BIN)/pytest -n auto --maxprocesses=4

.PHONY: e2e
e2e: setup-dev browser ## Run the browser journeys alone
	@$(BIN)/pytest tests/e2e

.PHONY: test-postgres
test-postgres: setup-dev ## Run the tests, without the browser, on a throw-away PostgreSQL
	@$(PYTHON) scripts/postgres.py -- $(BIN)/pytest -n auto --maxprocesses=4 --ignore=tests/e2e

.PHONY: check
check: setup-dev ## Lint, layers, types, templates, migrations, translations
	@scripts/check.sh

.PHONY: format
format: setup-dev ## Let ruff put the code in order
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

.PHONY: bench
bench: setup-dev ## Measure the pages that must be fast (SCALE=small for a quick look)
	@$(PYTHON) scripts/bench.py

.PHONY: bench-issuing
bench-issuing: setup-dev ## Issue to 500 people with a worker that is killed twice, and verify (PEOPLE=… for others)
	@BULK_PEOPLE=$(or $(PEOPLE),500) $(BIN)/pytest -s tests/certificates/test_a_killed_worker.py

.PHONY: messages
messages: setup-dev ## Collect the strings to translate into locale/ (needs gettext)
	@scripts/system_packages.sh gettext
	@$(PYTHON) manage.py makemessages $(UI_LANGUAGES:%=-l %) --no-obsolete --add-location file \
	  -e html,txt,py -i '.venv/*' -i 'node_modules/*' -i 'var/*' -i 'tests/*' -v 0

.PHONY: lock
lock: $(STAMPS)/venv ## Pin requirements*.in into requirements*.txt (UPGRADE=--upgrade for newer versions)
	@$(BIN)/pip install --quiet --target $(STAMPS)/uv --upgrade uv
	@for name in requirements requirements-dev; do \
	  PYTHONPATH=$(STAMPS)/uv $(STAMPS)/uv/bin/uv pip compile --universal --python-version 3.11 --quiet \
	    --custom-compile-command "make lock" $(UPGRADE) -o $$name.txt $$name.in; done

.PHONY: clean
clean: ## Remove everything that set-up made, and keep your data (var/ and .env)
	@rm -rf $(VENV) node_modules var/static $(CATALOGUES) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# --- set-up, stamped ---

.PHONY: setup
setup: $(STAMPS)/requirements $(STAMPS)/node .env $(CATALOGUES)

.PHONY: setup-dev
setup-dev: $(STAMPS)/node-dev setup $(STAMPS)/requirements-dev

.PHONY: browser
browser:
	@scripts/system_packages.sh chromium fonts
	@scripts/system_packages.sh softhsm2

$(STAMPS)/venv:
	@scripts/make_venv.sh $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/requirements: requirements.txt $(STAMPS)/venv
	@echo "Installing the Python packages …"
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(STAMPS)/requirements-dev: requirements-dev.txt $(STAMPS)/requirements
	@echo "Installing the packages for tests and checks …"
	@$(BIN)/pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(STAMPS)/node: package-lock.json $(STAMPS)/requirements
	@echo "Installing icons and fonts …"
	@$(PYTHON) scripts/npm_install.py
	@touch $@

$(STAMPS)/node-dev: package-lock.json $(STAMPS)/requirements
	@echo "Installing icons, fonts and the verifiers that tests ask …"
	@$(PYTHON) scripts/npm_install.py --dev
	@touch $(STAMPS)/node $@

.env: | $(STAMPS)/venv
	@$(PYTHON) scripts/make_env.py

%.mo: %.po $(STAMPS)/requirements
	@$(BIN)/pybabel --quiet compile -i $< -o $@
