# What a person does with this project: see `make help`.

SWIFT ?= swift
export SWIFT

TOOL := .build/release/swiftlet
DEMO := .build/demo
SOURCES := Package.swift Sources Tests tokenizers

.DEFAULT_GOAL := help
.PHONY: help prepare build demo test same-bits format lint golden clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

build: prepare ## Build the tool for release: .build/release/swiftlet
	@echo "Building the tool for release (a minute or two the first time)."
	@$(SWIFT) build -c release --product swiftlet

demo: build ## Train a small model on names and show 20 new ones
	@mkdir -p $(DEMO)
	@echo
	@echo "Training on corpora/names.txt, character by character."
	@$(TOOL) train corpora/names.txt --preset microgpt --output $(DEMO)/names.safetensors
	@echo
	@echo "20 names from the model:"
	@$(TOOL) sample $(DEMO)/names.safetensors --count 20 --temperature 0.5
	@echo
	@echo "Demo done. Try this next: $(TOOL) sample $(DEMO)/names.safetensors --temperature 0.8"

test: prepare ## Run every test
	@echo "Building for release and running every test."
	@$(SWIFT) test -c release --disable-xctest
	@echo "Tests: all passed."

same-bits: prepare ## Check that every build and number of threads gives the same model
	@.ci/same-bits

golden: ## Compute the tests' golden data again
	@python3 Tests/Golden/gpt.py > Tests/Golden/gpt.txt

format: ## Format every Swift file
	@$(SWIFT) format --in-place --recursive $(SOURCES)

lint: ## Check that every Swift file is formatted
	@$(SWIFT) format lint --strict --recursive $(SOURCES)
	@echo "Lint: every file is formatted."

clean: ## Remove everything that was built
	@rm -rf .build

prepare:
	@.ci/prepare
