import { describe, expect, it } from "vitest";
import { formatCents, formatDay, formatDocument, readCents, readDocument } from "./format";

describe("amounts", () => {
  it.each([
    ["1.234,56", 123456],
    ["R$ 1.234,56", 123456],
    ["1234,5", 123450],
    ["0,05", 5],
    ["60000", 6000000],
    ["1.234.567", 123456700],
  ])("reads %s", (typed, cents) => expect(readCents(typed)).toBe(cents));

  it.each(["", "1.234", "1,234.56", "12.34", "-1", "1,2,3", "1e5", "9".repeat(20)])("refuses %s", (typed) =>
    expect(readCents(typed)).toBeNull(),
  );

  it("writes cents as reais", () => expect(formatCents(123456).replace(/\s/g, " ")).toBe("R$ 1.234,56"));
});

describe("documents and days", () => {
  it("reads a document pasted in any form", () =>
    expect(readDocument(" 529.982.247-25\n")).toBe("52998224725"));
  it("writes a CPF", () => expect(formatDocument("52998224725")).toBe("529.982.247-25"));
  it("writes a CNPJ with letters", () => expect(formatDocument("12abc34501de35")).toBe("12.ABC.345/01DE-35"));
  it("leaves a day where it is", () => expect(formatDay("2026-11-28")).toBe("28/11/2026"));
  it("tells a moment's day in São Paulo", () => expect(formatDay("2026-11-28T01:30:00Z")).toBe("27/11/2026"));
});
