import { describe, expect, it } from "vitest";
import { isListed, STATUSES, sayDue, sayTruth } from "./words";

const NEVER = { listed_at: null, removed_at: null, active_from: null };

describe("what is true of a person", () => {
  it.each(Object.keys(STATUSES))("is never 'listed' by the status %s alone", (status) => {
    expect(isListed({ ...NEVER, status })).toBe(false);
    expect(sayTruth({ ...NEVER, status })).not.toMatch(/^Negativado/);
  });
  it.each(["ativa", "baixa_pendente", "baixa_enviada", "erro_baixa"])(
    "is listed in %s since others see it",
    (status) =>
      expect(sayTruth({ ...NEVER, status, listed_at: "2026-11-16T12:00:00Z" })).toBe(
        "Negativado desde 16/11/2026",
      ),
  );
  it.each(["baixada", "expirada"])("is no longer listed in %s", (status) =>
    expect(sayTruth({ ...NEVER, status, listed_at: "2026-11-16T12:00:00Z" })).toBe("Não está negativado"),
  );
  it("tells from when others will see it", () =>
    expect(sayTruth({ ...NEVER, status: "notificada", active_from: "2026-12-01" })).toContain("01/12/2026"));
});

describe("a deadline", () => {
  it.each([
    ["2026-11-27", "Atrasada desde 27/11/2026", true],
    ["2026-11-28", "Vence hoje", true],
    ["2026-11-29", "Até 29/11/2026", false],
  ])("%s", (due, words, urgent) => expect(sayDue(due, "2026-11-28")).toEqual({ words, urgent }));
});
