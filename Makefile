# Everything is in packaging/set_up.py, which Windows calls by itself: py packaging\set_up.py run
# bundle makes the program for this system and proves it; windows does so for Windows, under Wine.
# ARGS goes on to the program or to pytest: make run ARGS="chat Hello", make test ARGS="-k memory".

# Any Python from 3.11 to 3.14; the plain python3 first.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)

.PHONY: run test setup check bench screens bundle windows format clean
run test setup check bench screens bundle windows format clean:
	@$(PYTHON) packaging/set_up.py $@ $(ARGS)
