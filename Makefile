# make run   opens the window          make test   lint, types, import layers and every test
# make bench opens nothing and measures speed, start and memory: half an hour
# make fuzz  holds every property against fresh random examples: five minutes, or SECONDS=60
# make pictures, make guide   make the documents' pictures and the guide's tables anew
#
# All set up .venv on their first call: Python 3.11 or newer and pip, nothing else.
# A CPU-only torch on Linux:  make run TORCH_INDEX=https://download.pytorch.org/whl/cpu

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
TORCH_INDEX ?=
PIP_INSTALL = .venv/bin/python -m pip install --quiet --disable-pip-version-check \
	$(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) --constraint constraints.txt

.PHONY: run test fuzz lint bench pictures guide clean

run: .venv/installed
	@.venv/bin/lenet-gui $(ARGUMENTS)

test: lint
	@.venv/bin/python -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal $(PYTEST)

fuzz: .venv/tested
	@.venv/bin/python tests/fuzz.py $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) $(PYTEST)

lint: .venv/tested
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: .venv/tested
	@QT_QPA_PLATFORM=offscreen .venv/bin/python tests/benchmarks/bench.py $(ARGUMENTS)

pictures: .venv/installed
	@.venv/bin/python -m lenet_gui.gui.portraits assets

guide: .venv/installed
	@.venv/bin/python -m lenet_gui.gui.guide.tables

clean:
	rm -rf .venv build dist

.venv/installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "LeNet Laboratory needs Python 3.11 or newer: install it and run make again."; exit 2; }
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@echo "Installing into .venv (the first time takes a few minutes)"
	@$(PIP_INSTALL) --editable .
	@touch $@

.venv/tested: .venv/installed
	@$(PIP_INSTALL) --editable '.[dev]'
	@touch $@
