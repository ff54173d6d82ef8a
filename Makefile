# One word per duty. Every target does the set-up it needs; scripts/setup.py says how, and is quick when there is none.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo run test style types bench setup setup-tests clean

PYTHON := .venv/bin/python
# What follows `wsgui` or `pytest`: make run ARGS='connect http://localhost:3000', make test ARGS='-k options'
ARGS :=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: setup ## the window on the built-in server, connected
	$(PYTHON) -m wsgui --demo

run: setup ## the window; with ARGS a command of `wsgui`
	$(PYTHON) -m wsgui $(ARGS)

test: setup-tests style types ## style, types and every test; ARGS go to pytest
	QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest $(ARGS)

style: setup ## ruff
	$(PYTHON) -m ruff check .

types: setup ## mypy --strict
	$(PYTHON) -m mypy

bench: setup-tests ## what the speed promises are measured with
	@for name in start ingest idle; do $(PYTHON) -m benchmarks.$$name || exit 1; done

setup: ## the virtual environment, and the libraries that Qt needs
	@python3 scripts/setup.py

setup-tests: ## the same, and Node.js with the servers of tests/interop
	@python3 scripts/setup.py --node

clean: ## away with everything that setup and the tools have made
	rm -rf .venv build dist tests/interop/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find wsgui tests benchmarks scripts -name __pycache__ -prune -exec rm -rf {} +
