/** How a key stands, in words. Pure. */

import { formatMoment } from "../../ui/format";

type Known = { revoked_at: string | null; expires_at: string | null; replaced_by: string | null };

/** `now`: milliseconds since 1970. A key that is being replaced opens until its end. */
export function standingOf(key: Known, now: number): { opens: boolean; words: string } {
  if (key.revoked_at !== null) return { opens: false, words: `Encerrada em ${formatMoment(key.revoked_at)}` };
  if (key.expires_at === null) return { opens: true, words: "Vale" };
  const ended = new Date(key.expires_at).getTime() <= now;
  return { opens: !ended, words: `${ended ? "Valeu" : "Vale"} até ${formatMoment(key.expires_at)}` };
}
