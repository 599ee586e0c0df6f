/* Rate limits of the interface: by account, by address, by the account one tries to sign in to. */
#ifndef API_LIMITS_H
#define API_LIMITS_H

#include "api/api.h"

/* ST_TOO_MANY with retry_after_s. The defaults never bite a person: an account 300 at once and then
 * 20 a second, an address 30 new guests a minute. */
MUST_USE enum status limits_check(struct call *call);

/* Before a password is looked at: an address 60 a minute, one e-mail address 10 at once and then
 * one in 10 seconds. */
MUST_USE enum status limits_sign_in(struct call *call, struct str email);

/* Before a guest is made. */
MUST_USE enum status limits_guest(struct call *call);

#endif
