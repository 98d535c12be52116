# The same verbs as ./run, for those who type make.
.PHONY: run test demo lock bench chaos backup restore restore-drill doctor verify-audit test-compose help
run test demo lock bench chaos backup restore restore-drill doctor verify-audit test-compose help:
	@./run $@
