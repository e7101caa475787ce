/* The name somebody probably meant. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/* The entry of NAMES nearest to WORD by edit distance (neighbours swapped count once, case does
 * not count), or NULL when nothing is near enough to suggest: more than a third of the longer
 * word's letters differ. O(COUNT * length^2); words over 63 bytes never match. */
const char *nearest_name(const char *word, const char *const *names, size_t count);

#endif
