# Chatmasjien. The first two commands are all that is needed: make run, make test.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run test bench faults check train evaluate setup staff publish journey-publish

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

setup: ## both environments (a minute or two the first time)
	@scripts/setup.sh hub
	@scripts/setup.sh bot
	@scripts/setup.sh masking

run: setup ## everything: set-up, first training, then bot and hub; Ctrl-C ends both
	@scripts/train.sh
	@exec .venv/bin/python -m channels

test: setup ## all tests, with the real bot, real sockets and a real browser
	@scripts/browser.sh
	@scripts/tests.sh

bench: setup ## the product beside stock Rasa, measured; make bench PART="bot path" for parts; report under reports/
	@scripts/train.sh
	@.venv/bin/python -m tests.bench $(PART)

faults: setup ## kills hub and bot at random points, seeded; report under reports/
	@scripts/train.sh
	@.venv/bin/python -m tests.faults

journey-publish: setup ## a change on its whole way, with real trainings and people in Chromium (half an hour); report under reports/
	@scripts/browser.sh
	@scripts/train.sh
	@.venv/bin/python -m tests.faults.publish_journey

check: ## seconds, no Rasa: data checks, ruff, mypy
	@scripts/setup.sh hub
	@.venv/bin/python -m curation.check_all

train: setup ## trains the model anew
	@scripts/train.sh --again

evaluate: setup ## how well it understands; MESSAGES=in.jsonl OUT=out.jsonl: answers a file; PROPOSAL=id: the gate alone
	@scripts/train.sh
ifdef MESSAGES
	@.venv/bin/python -m channels ask "$(MESSAGES)" "$(OUT)"
else ifdef PROPOSAL
	@.venv/bin/python -m channels gate "$(PROPOSAL)"
else
	@.venv/bin/python -m curation.evaluate
	@.venv/bin/python -m tests.conversations
	@bot/.venv/bin/python -m tests.questions
	@bot/.venv/bin/python -m tests.situations
	@bot/.venv/bin/python -m tests.middle
	@.venv/bin/python -m tests.typed
	@bot/.venv/bin/python -m tests.past
endif

publish: setup ## trains and measures the files as they lie (or PROPOSAL=id); publishes what the gate lets pass. BACK=1: back to the version before
ifdef BACK
	@.venv/bin/python -m channels back "$(RELEASE)"
else
	@.venv/bin/python -m channels publish "$(PROPOSAL)"
endif

staff: ## a desk account: make staff NAME="An" ROLE=counsellor (or lead, volunteer, admin); prints a one-time link
	@scripts/setup.sh hub
	@.venv/bin/python -m channels staff "$(NAME)" "$(ROLE)"
