# Two commands: `make run` and `make test`. Everything they need is set up by the first of them.
SHELL := /bin/bash
VENV ?= .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready
TOOLS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: run test check bench faults pictures pages wheel clean

$(READY): pyproject.toml constraints.txt
	@echo "准备 Python 环境（仅首次）· Setting up Python packages (first time only)"
	@test -x $(PY) || python3 -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,check]'
	@touch $@

run: $(READY)
	@$(PY) -m tools.build_front
	@$(VENV)/bin/muster --home $${MUSTER_HOME:-var/home} serve --demo $(if $(LAN),--lan)

test: $(READY)
	@$(PY) -m tools.build_front
	@echo "运行测试 · Running the tests"
	@$(PY) -m pytest -q -n $(TOOLS) --dist worksteal -m "not alone"
	@$(PY) -m pytest -q -n 0 -m alone

check: $(READY)
	@echo "检查代码 · Lint, types, floors of the house"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy command geo incidents mobilization drills web_console tests tools
	@$(VENV)/bin/lint-imports --no-cache >/tmp/muster-floors.$$$$ || { cat /tmp/muster-floors.$$$$; exit 1; }
	@$(PY) tools/check_house.py
	@$(PY) -m tools.build_front --check

pages: $(READY)
	@$(PY) -m tools.build_front

wheel: $(READY)
	@$(PY) -m tools.build_front
	@echo "打包（含页面，安装时不需要 Node）· Building the wheel, pages included"
	@$(PY) -m hatchling build -t wheel -d dist

clean:
	rm -rf $(VENV) var dist web_console/built web_console/front/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

bench: $(READY)
	@$(PY) -m tools.build_front
	@echo "测速（结果写入 var/bench.json）· Measuring; results in var/bench.json"
	@$(PY) -m tests.bench $(ONLY)

faults: $(READY)
	@echo "完整的断电测试 · All rounds of the kill tests"
	@MUSTER_KILL_ROUNDS=200 $(PY) -m pytest -q -n $(TOOLS) tests/test_kill.py tests/test_kill_sending.py

pictures: $(READY)
	@$(PY) -m tools.build_front
	@rm -rf docs/pictures && mkdir -p docs/pictures
	@MUSTER_PICTURES=docs/pictures $(PY) -m pytest -q -n $(TOOLS) tests/browser
