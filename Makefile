# Questline. `make help` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(CURDIR)/$(VENV)/bin
export PATH := $(BIN):$(PATH)
export VIRTUAL_ENV := $(CURDIR)/$(VENV)
PYTHON ?= $(shell command -v python3.11 || command -v python3)
DISTRIBUTIONS := sdk/python core cli $(patsubst %/pyproject.toml,%,$(wildcard plugins/*/pyproject.toml themes/*/pyproject.toml packs/*/pyproject.toml))
MANIFESTS := $(addsuffix /pyproject.toml,$(DISTRIBUTIONS)) pyproject.toml
PLUGIN_UIS := $(patsubst %/package.json,%,$(wildcard plugins/*/ui/package.json))
UI_SOURCES := $(shell find frontend sdk/ui plugins/*/ui -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-10s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(VENV)/.installed $(VENV)/.ui ## Set everything up and open the platform with demo data
	@questline demo

.PHONY: setup
setup: $(VENV)/.installed $(VENV)/.ui ## Create the environment and build the pages, without starting anything

$(VENV)/.installed: requirements.lock tools/bootstrap.lock $(MANIFESTS)
	@echo "Creating the environment in $(VENV) ..."
	@$(or $(PYTHON),false) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer with venv is needed (Debian: apt install python3 python3-venv); or name one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tools/bootstrap.lock
	@$(BIN)/uv pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation $(addprefix -e ,$(DISTRIBUTIONS))
	@touch $@

$(VENV)/.node: package-lock.json $(VENV)/.installed
	@echo "Installing the front-end packages ..."
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(VENV)/.ui: $(VENV)/.node $(UI_SOURCES)
	@echo "Building the pages ..."
	@npm run --silent build --workspace frontend
	@for ui in $(PLUGIN_UIS); do npm run --silent build --workspace $$ui; done
	@touch $@

RERUNS := 0  # how often a failed test is tried again
.PHONY: test
test: $(VENV)/.installed $(VENV)/.ui browser ## Run every test
	@npm test --silent
	@pytest --numprocesses auto --maxprocesses 4 --dist loadfile --tb=short --show-capture=stderr --reruns $(RERUNS)

.PHONY: browser
browser: $(VENV)/.installed
	@python tools/browser.py

.PHONY: lint
lint: $(VENV)/.installed $(VENV)/.ui ## Check style, types and the architecture
	@ruff format --check .
	@ruff check .
	@mypy
	@pyright
	@lint-imports
	@npm run --silent lint
	@npm run --silent typecheck

.PHONY: format
format: $(VENV)/.installed ## Format the code
	@ruff check --fix-only --quiet .
	@ruff format .

.PHONY: audit
audit: $(VENV)/.node ## Look for known vulnerabilities and for secrets (asks the registries' databases)
	@uvx --quiet pip-audit==2.10.1 --disable-pip --require-hashes --progress-spinner off -r requirements.lock
	@npm audit --audit-level=high
	@pytest -q tests/architecture/test_secrets.py

.PHONY: bench
bench: $(VENV)/.installed $(VENV)/.ui ## Run the benchmarks (ONLY=name for one)
	@python -m bench $(ONLY)

.PHONY: lock
lock: $(VENV)/.installed ## Resolve the dependencies again and write both locks
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet \
		--all-extras --group pyproject.toml:dev -o requirements.lock \
		$$(sed -n 's/^name = "\(questline-[a-z0-9-]*\)"/--no-emit-package \1/p' $(addsuffix /pyproject.toml,$(DISTRIBUTIONS))) \
		$(addsuffix /pyproject.toml,$(DISTRIBUTIONS))
	@sed -i '/^    #/d' requirements.lock
	@python tools/npm_lock.py

.PHONY: clean
clean: ## Remove the environment, what was built, and the demo's data
	@if [ -x $(BIN)/questline ]; then questline purge --yes; fi
	@rm -rf $(VENV) node_modules .questline core/src/questline_core/ui/dist core/src/questline_core/ui/dist_development plugins/*/src/*/ui_dist
