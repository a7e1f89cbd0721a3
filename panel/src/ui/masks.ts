/** Personal data that a screen holds back; documents are masked by `maskDocument`. */

export const MASK = "••••••";

/** A telephone of which the last four digits are shown. */
export function maskPhone(text: string): string {
  const digits = text.replace(/\D/g, "");
  return digits.length > 4 ? `•••• ${digits.slice(-4)}` : MASK;
}

/** An address of e-mail of which the first letter and the domain are shown. */
export function maskEmail(text: string): string {
  const [name = "", domain = ""] = text.split("@");
  return domain ? `${name.slice(0, 1)}•••@${domain}` : MASK;
}

/** A day of which the year is shown. */
export function maskDay(iso: string): string {
  return `••/••/${iso.slice(0, 4)}`;
}
