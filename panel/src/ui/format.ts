/** Money, dates and documents as people in Brazil write them. */

const REAIS = new Intl.NumberFormat("pt-BR", { style: "currency", currency: "BRL" });
const DAY = new Intl.DateTimeFormat("pt-BR", { dateStyle: "short", timeZone: "America/Sao_Paulo" });
const MOMENT = new Intl.DateTimeFormat("pt-BR", {
  dateStyle: "short",
  timeStyle: "short",
  timeZone: "America/Sao_Paulo",
});

/** `cents`: a whole number of cents. */
export function formatCents(cents: number): string {
  return REAIS.format(cents / 100);
}

export function formatMoment(iso: string): string {
  return MOMENT.format(new Date(iso));
}

/** A day (`2026-11-28`) stands for itself; a moment for its day in São Paulo. */
export function formatDay(iso: string): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  return day ? `${day[3]}/${day[2]}/${day[1]}` : DAY.format(new Date(iso));
}

/**
 * Cents of an amount as it was typed or pasted, `null` for none or for one that can be read in two ways: `1.234`
 * is refused, `1.234,00`, `1234,5` and `R$ 1.234` with more than one group of three are not.
 */
export function readCents(text: string): number | null {
  const typed = text.replace(/^\s*R\$\s*/i, "").replace(/\s/g, "");
  const found = /^(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?$/.exec(typed);
  if (!found) return null;
  const [, whole = "", part] = found;
  // One group of three without a comma may be reais written with a point for cents' sake elsewhere.
  if (part === undefined && whole.split(".").length === 2) return null;
  const cents = Number(whole.replaceAll(".", "")) * 100 + Number((part ?? "").padEnd(2, "0"));
  return Number.isSafeInteger(cents) ? cents : null;
}

/** The letters and digits of a CPF or CNPJ, however it was pasted. */
export function readDocument(text: string): string {
  return text.toUpperCase().replace(/[^0-9A-Z]/g, "");
}

export function formatDocument(text: string): string {
  const bare = readDocument(text);
  if (bare.length === 11) return bare.replace(/(.{3})(.{3})(.{3})(.{2})/, "$1.$2.$3-$4");
  if (bare.length === 14) return bare.replace(/(.{2})(.{3})(.{3})(.{4})(.{2})/, "$1.$2.$3/$4-$5");
  return text;
}

/** A document of which only the last part is shown. */
export function maskDocument(text: string): string {
  const whole = formatDocument(text);
  return whole.slice(0, -6).replace(/[0-9A-Z]/g, "•") + whole.slice(-6);
}

/** A percentage with two decimals, or a dash for none. */
export function formatPercent(value: number | null): string {
  return value === null
    ? "—"
    : `${value.toLocaleString("pt-BR", { minimumFractionDigits: 2, maximumFractionDigits: 2 })} %`;
}

/** `reais`: an amount in reais, as the CaaS API answers it. */
export function formatReais(reais: number | null): string {
  return reais === null ? "—" : REAIS.format(reais);
}
