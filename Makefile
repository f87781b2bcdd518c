# What one does here, as documentation that runs. `make` alone lists it.
#
# Needed: Python 3.11 or newer, make, and the package index that pip uses. No Java, no Docker, no root.
# The first target makes .venv from the locks (ops/venv.sh); a later one makes it again only where a lock has changed.

PYTHON ?= python3
bin := .venv/bin
real := kafka or prefect or browser or whole

.DEFAULT_GOAL := help
.PHONY: help demo up test check bench lock

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/made ## play the local news site through the real pipeline, on this machine alone; Ctrl-C ends it
	@TOCSIN_HOME="$${TOCSIN_HOME:-$(CURDIR)/.tocsin}" $(bin)/tocsin demo

up: .venv/made ## watch your own feeds: Kafka, Prefect and the pipeline, until Ctrl-C
	@$(bin)/tocsin up

test: .venv/made ## all tests: the quick ones side by side, then those on a real Kafka, Prefect and browser, one after another
	@failed=0; \
	$(bin)/pytest -rs -n auto -m "not ($(real))" || failed=$$?; \
	$(bin)/pytest -rs -m "$(real)" || failed=$$?; \
	exit $$failed

check: .venv/made ## format, lint, types, import contracts, house figures
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports
	$(bin)/python ops/house.py

bench: .venv/made ## measure: articles and feeds a second, seconds from feed to webhook, delay, memory
	@$(bin)/python -m benchmarks

lock: .venv/made ## resolve pyproject.toml into the locks; everything anew with UPGRADE=--upgrade
	$(compile) pyproject.toml --extra postgres --output-file requirements.lock
	$(compile) pyproject.toml --extra dev --constraints requirements.lock --output-file requirements-dev.lock
	printf 'uv\nhatchling\n' | $(compile) - --constraints requirements-dev.lock --output-file requirements-build.lock

# No index address may stand in a lock, so neither uv.lock nor the command line is written into one (docs/decisions/008-locks.md).
compile = $(bin)/uv --quiet pip compile $(UPGRADE) --universal --python-version 3.11 --generate-hashes \
	--no-emit-find-links --no-emit-index-url --custom-compile-command "make lock"

.venv/made: requirements-dev.lock requirements-build.lock pyproject.toml ops/venv.sh
	@ops/venv.sh $(PYTHON)
