import { describe, expect, it } from "vitest";
import { checkFlow, checkRule, freshFlow, readPercent, sayMoves, toCycles, toFlow } from "./cycles";

const cycle = { start: "0", end: "6", least: "10,00", most: "", cumulative: false };
const rule = { name: "Fluxo", development: "Residencial", table: "2026", cycles: [cycle] };

it.each([
  ["10", "10.00"],
  ["10,5 %", "10.50"],
  ["100,00", "100.00"],
  ["100,01", null],
  ["1.000", null],
  ["", null],
  ["-1", null],
])("reads %s per cent", (typed, spelt) => expect(readPercent(typed)).toBe(spelt));

describe("a rule", () => {
  it("may be sent when it is whole", () => {
    expect(checkRule(rule)).toEqual({});
    const [sent] = toCycles(rule);
    expect(sent).toEqual({
      start_month: 0,
      end_month: 6,
      minimum_percent: 10,
      maximum_percent: null,
      cumulative: false,
    });
  });

  it.each([
    ["end-0", { ...cycle, start: "7" }],
    ["least-0", { ...cycle, least: "" }],
    ["most-0", { ...cycle, most: "9" }],
  ])("says that %s is wrong", (name, changed) =>
    expect(Object.keys(checkRule({ ...rule, cycles: [changed] }))).toEqual([name]),
  );
});

describe("a flow", () => {
  const payment = { due: "2026-11-10", amount: "5.000,00", kind: "monthly" as const, installments: "24" };
  it("is sent with how often a payment is repeated, where it is", () => {
    const flow = {
      signed: "2026-11-10",
      total: "50.000,00",
      payments: [payment, { ...payment, kind: "keys" as const }],
    };
    expect(checkFlow(flow)).toEqual({});
    const [monthly, keys] = toFlow(flow).payments;
    expect([monthly?.installments, keys?.installments, keys?.amount_cents]).toEqual([24, undefined, 500_000]);
  });

  it("is not sent empty", () =>
    expect(Object.keys(checkFlow(freshFlow()))).toEqual(["signed", "total", "due-0", "amount-0"]));

  it("tells the smallest change in words", () => {
    const move = {
      from_payment: 0,
      from_month: 36,
      to_cycle: 1,
      to_first_month: 0,
      to_last_month: 6,
      amount_cents: 5_000_000,
    };
    expect(sayMoves([move])[0]?.replace(/\s/g, " ")).toBe(
      "Passe R$ 50.000,00 da parcela 1 (mês 36) para os meses 0 a 6 (ciclo 1).",
    );
    expect(sayMoves(null)).toEqual([]);
  });
});
