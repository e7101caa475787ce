/* Faults that spoil an answer which a handler made (fault.h). */
#ifndef SANDBOX_MANGLE_H
#define SANDBOX_MANGLE_H

#include "sandbox/reply.h"

/* Before reply_dump(): adds terminal and bidi controls, wide and combining text to the names in
 * RP->list, a different sort for each element. */
void mangle_names(struct reply *rp);
/* After reply_dump(): in the middle element of RP->list the colon after the first name becomes a
 * space, so that this element is not JSON while all brackets balance. */
void mangle_element(struct reply *rp);
/* After reply_dump(): the last bracket goes, so that the body is not JSON. */
void mangle_json(struct reply *rp);
/* A 200 HTML page in place of the answer, as a captive portal or a proxy would send. */
void mangle_html(struct reply *rp);

#endif
