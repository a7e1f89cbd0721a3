/** Days as the API has them: `2026-11-28`, in São Paulo. */

const ISO = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Sao_Paulo" });

export function today(): string {
  return ISO.format(new Date());
}

/** The first day of the month that lies so many months before a day's own. */
export function monthBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  return first.toISOString().slice(0, 10);
}
