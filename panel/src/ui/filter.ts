/** Whether a row is what somebody looks for: each word that is typed is in one of its texts, however both are written. */

export type Texts = readonly (string | null | undefined)[];

export function fits(typed: string, texts: Texts): boolean {
  const words = typed.trim().split(/\s+/);
  const bare = texts.map((each) => fold(each ?? ""));
  return words.every((word) => {
    const wanted = fold(word);
    // Marks alone are looked for as they are.
    if (wanted === "") return word === "" || texts.some((each) => each?.includes(word));
    return bare.some((each) => each.includes(wanted));
  });
}

/** Without accents, capitals, and whatever a document or a number is written with. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
