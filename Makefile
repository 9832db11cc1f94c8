# 掌柜 Zhanggui. The two commands: make run, make test.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/installed
MO     := resources/locale/zh_CN/LC_MESSAGES/zhanggui.mo

.PHONY: run test tests venv lint bench soak installer catalog lock clean

run: venv
	@sh installer/run.sh

venv: $(STAMP) $(MO)

$(STAMP): requirements-dev.txt
	@sh installer/setup.sh $(PYTHON) $(VENV)
	@touch $@

$(MO): resources/locale/zh_CN/LC_MESSAGES/zhanggui.po $(STAMP)
	@$(BIN)/pybabel -q compile -i $< -o $@

# Side by side: the check of types is one process for longer than half a minute. `worksteal` leaves neighbours, which share
# what their file prepares, to one worker as long as there is other work.
test: venv
	@$(MAKE) --no-print-directory -j2 lint tests

tests: venv
	@sh installer/system.sh tests
	@$(BIN)/python -m pytest -n auto --dist worksteal

lint: venv
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: venv
	@$(BIN)/python -m tests.benchmarks

soak: venv
	@$(BIN)/python -m pytest -m soak -n 2 -o addopts="-q --strict-markers --import-mode=importlib"

# Makes dist/zhanggui, the program as it is installed on a computer without Python.
installer: venv
	@sh installer/build.sh

# Brings the translations up to date with the sentences in the source; what is new is left empty to be translated.
catalog: venv
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F pyproject.toml -k _ -k N_ -k ngettext:1,2 -k pgettext:1c,2 --no-location \
		-o build/messages.pot .
	@$(BIN)/pybabel -q update -i build/messages.pot -D zhanggui -d resources/locale -l zh_CN \
		--no-fuzzy-matching --ignore-obsolete --omit-header

# Writes the two lock files anew from pyproject.toml: versions and hashes, no addresses.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -p 3.11 \
		pyproject.toml -o requirements.txt
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -p 3.11 \
		-c requirements.txt --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) build dist tour
