# Each target does its own set-up. `make run` starts the whole portal, `make test` and `make browsers` run every check there is.
PYTHON = .venv/bin/python
BIN = .venv/bin
COMPILE = uv pip compile pyproject.toml --quiet --generate-hashes --universal --no-header --no-annotate $(UPGRADE)

.PHONY: run test browsers lint format lock translations clean

# Containers often forbid Python to keep what it compiled. Here many short processes start: each would compile it all again.
unexport PYTHONDONTWRITEBYTECODE

run: export PORTAL_ENV = development
run:
	@sh .ci/set-up.sh local
	@$(PYTHON) -m portal run

test: lint
	@sh .ci/need-browser.sh chromium chromium-browser google-chrome
	@sh .ci/need-browser.sh firefox-esr
	@sh .ci/need-postfix.sh
	@sh .ci/need-tesseract.sh
	$(PYTHON) -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder -m "not matrix"

# The journey in the languages and browsers that are not in the sample of `make test`.
browsers:
	@sh .ci/set-up.sh dev
	@sh .ci/need-browser.sh chromium chromium-browser google-chrome
	@sh .ci/need-browser.sh firefox-esr
	$(PYTHON) -m pytest --numprocesses 2 --dist load --maxschedchunk 1 -m matrix

lint:
	@sh .ci/set-up.sh dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format:
	@sh .ci/set-up.sh dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# New versions: make lock UPGRADE=--upgrade
lock:
	@command -v uv >/dev/null || { echo "uv is needed to make the locks; install it (pip install uv)." >&2; exit 1; }
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra local --constraints requirements.lock --output-file requirements-local.lock
	$(COMPILE) --extra dev --constraints requirements-local.lock --output-file requirements-dev.lock

# Puts new sentences into the catalogs and takes out those that are gone.
translations:
	@sh .ci/set-up.sh dev
	$(PYTHON) -m portal.dev.vertalen

# Takes the tools away, keeps the data in instance/.
clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
