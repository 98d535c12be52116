# The same verbs as ./run, for those who type make.
.PHONY: run test demo lock bench test-compose help
run test demo lock bench test-compose help:
	@./run $@
