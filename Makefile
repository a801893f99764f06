# Each target does all of its own set-up and is safe to run again.
#
#   make rehearse       carry the lgtm runbook through its six phases in the sandbox, and come back; its last phase there,
#                       back and there again; RUNBOOK=name: carry another one forward, back and forward again, and
#                       compare the worlds
#   make test           every test, and NIGHTS=10000 simulated nights
#   make board          the rehearsal as a live page on http://127.0.0.1:8465/
#   make install        the release binary, its manual page and shell completions, below PREFIX=/usr/local
#   make captures       the screens and pictures of the documentation, taken anew
#   make kill-rehearsal the forward half, killed at KILLS=20 random moments, or EACH=before|after|both commit
#   make killed-runbooks the five runbooks, killed before and after every commit of their way forward; RUNBOOKS="a b", FEW=1
#   make faults         the journal's disk failing at every write, 200 races; RACES=n, STRIDE=n
#   make lost-answers   the lgtm runbook, forward and back, with answers to changes lost: the first, and all of them
#   make fuzz           every reader of what comes from outside, fuzzed; SECONDS=60 for each of them
#   make judge          the runbooks' files before independent judges: Terraform's schema, linters, alert rules, tables
#   make broken-steps   the five runbooks in worlds that are broken in one place each, all of them; RUNBOOK=name: one
#   make bench          what the tool costs, beside what it is made on: status, loop, replay, planning, DBOS, board
#   make lint           formats and syntax
#   make build          the release binary
#   make setup          what all of these need: system libraries, a private Python environment
#   make clean-sandbox  stop what a broken rehearsal left, and forget its state

.DEFAULT_GOAL := help
.PHONY: help setup setup-build setup-sandbox setup-test setup-judges judge broken-steps build debug rehearse board \
	install captures \
	kill-rehearsal killed-runbooks faults lost-answers test fuzz bench lint clean-sandbox

LIBRARIES := pkg-config libcurl4-openssl-dev libc-ares-dev libjq-dev libsqlite3-dev libssl-dev libexpat1-dev
SANDBOX_TOOLS := python3-venv knot-dnsutils buildah uidmap docker-registry skopeo busybox-static
TEST_TOOLS := pdns-server pdns-backend-remote prometheus prometheus-alertmanager chromium fonts-noto-cjk
PYTHON := .venv/bin/python
BINDINGS := cdktf-cdktf-provider-aws==21.22.1

help:
	@sed -n 's/^#   //p' Makefile

setup: setup-build setup-sandbox

setup-build:
	@sh scripts/packages.sh $(LIBRARIES)
	@command -v swift >/dev/null || { echo "error: there is no Swift toolchain" >&2; \
	    echo "hint: install Swift 6.2 or newer from https://www.swift.org/install" >&2; exit 1; }

setup-sandbox:
	@sh scripts/packages.sh $(SANDBOX_TOOLS)
	@sh scripts/python.sh sandbox/requirements.txt

setup-test: setup setup-judges
	@sh scripts/packages.sh $(TEST_TOOLS)
	@sh scripts/python.sh sandbox/requirements-test.txt
	@sh scripts/python.sh Tests/board/requirements.txt .venv-board

# The bindings hold the schema of the AWS provider 6.25.0; they are read out of the wheel and never installed.
setup-judges:
	@sh scripts/python.sh Tests/runbooks/requirements.txt .venv-judges
	@ls .venv-judges/wheels/*.whl >/dev/null 2>&1 || { echo "fetching $(BINDINGS)" >&2; \
	    .venv-judges/bin/python -m pip download --quiet --disable-pip-version-check --no-deps \
	        --dest .venv-judges/wheels $(BINDINGS); }

judge: setup-test
	$(PYTHON) -m pytest -q Tests/runbooks

build: setup-build
	swift build -c release --static-swift-stdlib --product migrate

debug: setup-build
	swift build --product migrate

RUNBOOK ?= lgtm-fargate
rehearse: setup
	@binary=$$(sh scripts/newest_binary.sh); \
	if [ -z "$$binary" ]; then $(MAKE) --no-print-directory debug || exit 1; binary=.build/debug/migrate; fi; \
	if [ "$(RUNBOOK)" = lgtm-fargate ]; then $(PYTHON) scripts/rehearse.py --migrate "$$binary"; \
	else "$$binary" rehearse --runbook "$(RUNBOOK)"; fi

# Follows the journal of `make rehearse`, from before it is there.
board: setup-build
	@binary=$$(sh scripts/newest_binary.sh); \
	if [ -z "$$binary" ]; then $(MAKE) --no-print-directory debug || exit 1; binary=.build/debug/migrate; fi; \
	sh scripts/board.sh "$$binary"

PREFIX ?= /usr/local
install: build
	swift package --allow-writing-to-package-directory generate-manual
	install -D -m 755 .build/release/migrate "$(DESTDIR)$(PREFIX)/bin/migrate"
	install -D -m 644 .build/plugins/GenerateManual/outputs/migrate/migrate.1 "$(DESTDIR)$(PREFIX)/share/man/man1/migrate.1"
	rm -rf "$(DESTDIR)$(PREFIX)/share/migrate/runbooks"
	install -d "$(DESTDIR)$(PREFIX)/share/migrate"
	tar -c --exclude=.terraform --exclude='*.tfstate*' --exclude='*.tfplan' --exclude=terraform.tfvars \
	    --exclude=backend.hcl --exclude='runbooks/*/backup' --exclude=__pycache__ runbooks \
	    | tar -x -C "$(DESTDIR)$(PREFIX)/share/migrate"
	install -d "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	.build/release/migrate --generate-completion-script bash \
	    > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/migrate"
	.build/release/migrate --generate-completion-script zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_migrate"
	.build/release/migrate --generate-completion-script fish \
	    > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/migrate.fish"

captures: setup
	@sh scripts/packages.sh tmux chromium fonts-noto-cjk
	@sh scripts/python.sh Tests/board/requirements.txt .venv-board
	@binary=$$(sh scripts/newest_binary.sh); \
	if [ -z "$$binary" ]; then $(MAKE) --no-print-directory debug || exit 1; binary=.build/debug/migrate; fi; \
	$(PYTHON) scripts/captures.py --migrate "$$binary"

KILLS ?= 20
kill-rehearsal: setup
	@binary=$$(sh scripts/newest_binary.sh); \
	if [ -z "$$binary" ]; then $(MAKE) --no-print-directory debug || exit 1; binary=.build/debug/migrate; fi; \
	$(PYTHON) scripts/kill_rehearsal.py --migrate "$$binary" --runbook "$(RUNBOOK)" --kills $(KILLS) \
	    $(if $(EACH),--each $(EACH))

RACES ?= 200
STRIDE ?= 1
faults: setup-test debug
	FAULT_RACES=$(RACES) FAULT_STRIDE=$(STRIDE) $(PYTHON) -m pytest -q Tests/faults $(BUT_RUNBOOKS)

# By the release binary: a kill costs hardly more than the start of a process, which takes a debug build thrice as long.
# All that the five do takes half an hour on two cores. FEW=1 leaves out what is the same again: of the sixteen services of
# marketplace-fargate it takes four.
KILL_TESTS := Tests/faults/test_killed_runbooks.py
BUT_RUNBOOKS := --ignore $(KILL_TESTS)
RUNBOOKS ?=
FEW ?=
killed-runbooks: setup-test build
	KILLED_RUNBOOKS="$(RUNBOOKS)" KILLED_FEW=$(FEW) MIGRATE_BINARY=.build/release/migrate \
	    $(PYTHON) -m pytest -q -rP $(KILL_TESTS)

lost-answers: setup-test debug
	LOST_ANSWERS=every-call $(PYTHON) -m pytest -q Tests/faults/test_lost_answers.py

# A build of its own, with libFuzzer in it and every check of a debug build; the other builds know nothing of it.
SECONDS ?= 60
SEED ?= 1
fuzz: setup-build
	MIGRATE_FUZZ=1 swift build --scratch-path .build/fuzz --product fuzz -Xswiftc -sanitize=fuzzer
	@python3 scripts/fuzz.py --binary .build/fuzz/debug/fuzz --seconds $(SECONDS) --seed $(SEED)

# All suites run even when the first fails, and each ends with its own line. What is built for release is built with the
# same flags everywhere: others would have all of it built anew.
# A minute for each reader, two at a time, makes six in all.
NIGHTS ?= 10000
FUZZ_SECONDS ?= 60
test: setup-test
	swift build --build-tests
	swift build -c release --static-swift-stdlib --product simulate
	@failed=0; \
	swift test --skip-build || failed=1; \
	.build/release/simulate --nights $(NIGHTS) || failed=1; \
	$(MAKE) --no-print-directory fuzz SECONDS=$(FUZZ_SECONDS) || failed=1; \
	$(PYTHON) -m pytest -q Tests/runbooks || failed=1; \
	$(PYTHON) -m pytest -q Tests/screen || failed=1; \
	.venv-board/bin/python -m pytest -q Tests/board || failed=1; \
	$(PYTHON) -m pytest -q Tests/sandbox || failed=1; \
	$(PYTHON) -m pytest -q Tests/faults $(BUT_RUNBOOKS) || failed=1; \
	$(MAKE) --no-print-directory killed-runbooks FEW=1 || failed=1; \
	exit $$failed

# One table after the other: each has a world of its own.
broken-steps: setup-test debug
	BROKEN_STEPS=all $(PYTHON) -m pytest -q \
	    Tests/runbooks/test_broken_$(if $(filter file,$(origin RUNBOOK)),,$(subst -,_,$(RUNBOOK)))*.py

bench: build setup-sandbox
	@[ -f state/rehearsal/lgtm-fargate.sandbox.sqlite ] || $(MAKE) --no-print-directory rehearse
	swift build -c release --static-swift-stdlib --product journal-bench
	swift build -c release --static-swift-stdlib --product probe-bench
	@sh scripts/python.sh bench/dbos/requirements.txt .venv-bench
	@sh scripts/packages.sh chromium fonts-noto-cjk
	@sh scripts/python.sh Tests/board/requirements.txt .venv-board
	@$(PYTHON) scripts/bench.py --migrate .build/release/migrate --bench .build/release/journal-bench \
	    --probes .build/release/probe-bench \
	    --dbos .venv-bench/bin/python --board .venv-board/bin/python

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests
	@for file in scripts/*.sh .ci/run; do sh -n "$$file" || exit 1; done
	@python3 -m compileall -q scripts sandbox Tests/sandbox Tests/faults Tests/runbooks Tests/screen Tests/board
	@if command -v terraform >/dev/null; then \
	    TF_CLI_CONFIG_FILE=/dev/null terraform fmt -check -recursive runbooks; fi

clean-sandbox:
	@python3 scripts/clean_sandbox.py
