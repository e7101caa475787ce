/*
 * Goldens: texts kept beside the tests in tests/golden/NAME.txt (LUITOP_GOLDEN_DIR overrides the
 * folder). UPDATE=1 in the environment rewrites them; look at the difference before you commit it.
 */
#ifndef TESTS_E2E_GOLDEN_H
#define TESTS_E2E_GOLDEN_H

#include <stdbool.h>

struct buf;

/* Fails the test, with the differing lines, when TEXT is not what the golden NAME holds. */
void golden_check(const char *name, const char *text);
/* The same without failing: false and the lines in DIFF ("-" golden, "+" now). */
bool golden_same(const char *name, const char *text, struct buf *diff);

#endif
