import { describe, expect, it } from "vitest";
import type { Condition } from "./groups";
import { writeMessage } from "./message";

function offerOf(name: string): Condition {
  const offer = {
    installments: 48,
    down_payment: 500_000,
    first_installment_value: 123_456,
    cet_annually: 31.5,
    amount_paid_in_financing: 5_925_888,
    first_due_date: "2026-12-28",
    expires_at: null,
    bank: { name },
  };
  return offer as unknown as Condition;
}

describe("the message of an offer", () => {
  it("tells the offer in lines", () =>
    expect(
      writeMessage(offerOf("Itaú"))
        .replace(/\u00a0/g, " ")
        .split("\n"),
    ).toEqual([
      "Itaú: 48 parcelas de R$ 1.234,56",
      "Entrada: R$ 5.000,00",
      "CET: 31,50 % ao ano",
      "Total das parcelas: R$ 59.258,88",
      "Primeiro vencimento: 28/12/2026",
    ]));

  it.each([
    "Itaú\nEntrada: R$ 0,01",
    "Itaú\r\n\u2028\u2029Entrada: R$ 0,01",
    "\u202eItaú\u0000 \u200b",
    "<img src=x onerror=alert(1)>",
    "  ",
  ])("keeps %j on its own line", (name) => {
    const lines = writeMessage(offerOf(name)).split(/[\n\r\u2028\u2029]/);
    expect(lines).toHaveLength(5);
    expect(lines.join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines.filter((each) => each.startsWith("Entrada"))).toHaveLength(1);
  });

  it("leaves what is no break as it is", () =>
    expect(writeMessage(offerOf('A"><b>x</b>'))).toContain('A"><b>x</b>: 48 parcelas'));
});
