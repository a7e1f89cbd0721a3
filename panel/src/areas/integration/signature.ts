/** Whether a notice was signed with a secret (Standard Webhooks), computed in this page: nothing of it is sent. */

export type Notice = { secret: string; id: string; timestamp: string; body: string; signature: string };

/**
 * True where one of the signatures is right. Throws for a secret that is none: `whsec_` and Base64. The body counts
 * byte by byte, as it came.
 */
export async function isSigned(notice: Notice): Promise<boolean> {
  const found = /^(?:whsec_)?([A-Za-z0-9+/]+={0,2})$/.exec(notice.secret.trim());
  if (!found?.[1]) throw new Error("not a secret");
  const raw = Uint8Array.from(atob(found[1]), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  const signed = new TextEncoder().encode(`${notice.id.trim()}.${notice.timestamp.trim()}.${notice.body}`);
  for (const each of notice.signature.trim().split(/\s+/)) {
    const told = /^v1,([A-Za-z0-9+/]+={0,2})$/.exec(each);
    if (!told?.[1]) continue;
    const bytes = Uint8Array.from(atob(told[1]), (letter) => letter.charCodeAt(0));
    if (await crypto.subtle.verify("HMAC", key, bytes, signed)) return true;
  }
  return false;
}
