# One word per duty. Every target does the set-up it needs: scripts/setup.py, which is quick when there is none to do.
# Another Python than python3: make demo PYTHON=python3.12
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo run test style types texts guide pictures bench soak audit package try-package setup setup-tests setup-package clean

# What follows `wsgui` or `pytest`: make run ARGS='connect http://localhost:3000', make test ARGS='-k options'
ARGS :=

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 15

demo: setup ## the window on the built-in server, connected
	.venv/bin/python -m wsgui --demo

run: setup ## the window; with ARGS a command of `wsgui`
	.venv/bin/python -m wsgui $(ARGS)

test: setup-tests style types ## style, types and every test; ARGS go to pytest
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest $(ARGS)

style: setup ## ruff: lint and format
	.venv/bin/python -m ruff check . && .venv/bin/python -m ruff format --check --quiet .

types: setup ## mypy --strict
	.venv/bin/python -m mypy

texts: setup ## bring resources/languages in step with the texts of the program; says what is to translate
	.venv/bin/python scripts/texts.py $(ARGS)

guide: setup ## write what of the user guide is made of tables: docs/guide
	.venv/bin/python -m tests.guide.tables

pictures: setup ## take the pictures of the user guide anew; ARGS name some
	.venv/bin/python scripts/screenshots.py $(ARGS)

bench: setup-tests ## what the speed promises are measured with
	@status=0; for name in start connect ingest flood page idle million profiles diagnosis; do .venv/bin/python -m benchmarks.$$name || status=1; done; exit $$status

soak: setup-tests ## a long night in an hour: reconnections, events, tabs, crashes; ARGS='--scale 0.01' for less
	.venv/bin/python -m benchmarks.soak $(ARGS)

audit: setup ## what is known to be wrong with the pinned dependencies, where the data can be had
	.venv/bin/python packaging/audit.py

package: setup-package ## the packages of this system, in dist/; ARGS name some: deb portable appimage setup dmg
	.venv/bin/python packaging/build.py $(ARGS)

try-package: setup-package ## the .deb: build, validate, install in a new Debian, run, remove (as root)
	rm -f dist/*.deb
	.venv/bin/python packaging/build.py deb
	.venv/bin/python packaging/validate.py dist/*.deb
	.venv/bin/python packaging/clean_install.py dist/*.deb

setup: ## the virtual environment, and the libraries that Qt needs
	@python3 scripts/setup.py

setup-tests: ## the same, Node.js with the servers of tests/interop, and the proxies
	@python3 scripts/setup.py --node

setup-package: ## the same, and what the .deb is made and tried with
	@python3 scripts/setup.py --package

clean: ## away with everything that setup and the tools have made
	rm -rf .venv build dist tests/interop/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find wsgui tests benchmarks scripts -name __pycache__ -prune -exec rm -rf {} +
