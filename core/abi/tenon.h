#pragma once
/* The C ABI of the core: what JavaScript (edge, page) and the native tests under ASan call.
   One function takes an operation and a frame of bytes, and answers with a frame of bytes; new operations are
   new numbers, so old loaders keep working (docs/decisions/0004).

   Request frame of TENON_VERIFY: u32 little-endian length of a JSON header, the header, then the raw body
   bytes up to the end (no base64 on the verify path). Header:
   {"verifier":N,"method","url","headers":[[name,value]…],"now_ms","keys"?} or, without a prepared verifier,
   {"scheme":{document},"secrets":[…],"config"?,"keys"?,…the same request members}. All other operations: the
   frame is one JSON document; the answer is one JSON document.

   Keys that are fetched: a verifier that was opened with "fetch_keys":true answers need_key {"url","kid"}
   beside reason key_unknown. The caller fetches and sends the same frame again with "keys":{kid: text}, which
   count for that call only; how long they are kept, and how often a URL is asked, is the caller's affair.

   A reply frame is valid until the next tenon_call; the caller never frees it. No function is for two threads
   at once. No call traps on bad input: what can't be read answers {"error":{"code":…}}. */

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum tenon_op {
    TENON_VERIFY = 1, /* -> the verdict document, plus need_key */
    TENON_OPEN_VERIFIER =
        2, /* {"scheme","secrets","config"?,"keys"?,"fetch_keys"?} -> {"verifier":N} or {"error":{"code"}} */
    TENON_CLOSE_VERIFIER = 3, /* {"verifier":N} -> {} */
    TENON_SIGN =
        4, /* {"scheme","secrets","config"?,"method","url","headers","body_base64","now_ms"} -> {"headers"} */
    TENON_VERIFY_LINE =
        5, /* one line of verify --batch -> verdict; finds schemes that were opened, or "scheme_document" */
    TENON_OPEN_SCHEMES = 6, /* {"schemes":{id: document}} -> {} */
    TENON_PREVIEW_LINE =
        16, /* one line of preview --batch; `action` filled in by the caller -> preview document */
    TENON_CHECK_CONFIG = 17,  /* {"config_text"} -> {"errors":[…]} */
    TENON_VALIDATE_LINE = 18, /* one line of validate --batch */
    TENON_RENDER_LINE = 19,   /* one line of render --batch */
    TENON_OPEN_CATALOGUE =
        20 /* {"providers":[documents]} -> {}; preview lines without `action` then find their template */
};

uint32_t tenon_abi_version(void);
/* `size` bytes for a request frame, 8-aligned; null when there is no memory. */
uint8_t* tenon_alloc(size_t size);
void tenon_free(uint8_t* bytes, size_t size);
/* Answers 0 and sets *reply; 1 for an operation that this module does not have. */
int32_t tenon_call(uint32_t op, const uint8_t* frame, size_t size);
/* The reply of the last call. */
const uint8_t* tenon_reply(void);
size_t tenon_reply_size(void);

#ifdef __cplusplus
}
#endif
