import { describe, expect, it } from "vitest";
import { type Condition, groupConditions, progressOf } from "./groups";

function condition(id: number, changes: Partial<Condition> = {}): Condition {
  const whole = {
    id,
    installments: 48,
    down_payment: 500_000,
    available: true,
    suggestion_reason: null,
    original_condition_id: null,
    bank_minimum_down_payment: null,
    bank_down_payment_suggestion: null,
    first_installment_value: 100,
    process_task: { ended_at: "2026-11-03T12:00:00Z", error: false, result: { success: true } },
    bank: { id: 1, febraban_code: "341", name: "Itaú", nickname: "Itaú" },
  };
  return { ...whole, ...changes } as Condition;
}

describe("groups", () => {
  const ideal = { suggestion_reason: "bank_suggested_down_payment", original_condition_id: 1 } as const;
  const least = { suggestion_reason: "bank_minimum_down_payment", original_condition_id: 1 } as const;

  it("shows an offer at the ideal down payment beside the original", () => {
    const original = condition(1, { available: false, bank_down_payment_suggestion: 900_000 });
    const offer = condition(2, { ...ideal, down_payment: 900_000 });
    expect(groupConditions([original, offer])).toEqual({
      ideal: [{ offer, original }],
      minimum: [],
      others: [],
    });
  });

  it("keeps an original that is an offer itself among the others as well", () => {
    const original = condition(1, { bank_down_payment_suggestion: 900_000 });
    const offer = condition(2, ideal);
    expect(groupConditions([original, offer]).others).toEqual([original]);
  });

  it("shows what was proposed below a minimum alone, with the offer at that minimum", () => {
    const original = condition(1, { available: false, bank_minimum_down_payment: 800_000 });
    const offer = condition(2, { ...least, down_payment: 800_000 });
    expect(groupConditions([original, offer])).toEqual({
      ideal: [],
      minimum: [{ original, offer }],
      others: [],
    });
  });

  it("shows no minimum that what was proposed reaches, nor one beside an ideal", () => {
    const reached = condition(1, { bank_minimum_down_payment: 500_000 });
    const both = condition(2, { bank_minimum_down_payment: 800_000, bank_down_payment_suggestion: 900_000 });
    expect(groupConditions([reached, both]).minimum).toEqual([]);
  });

  it("leaves an ideal that the bank does not offer among the others", () => {
    const refused = condition(2, { ...ideal, available: false });
    expect(groupConditions([condition(1), refused]).others).toEqual([condition(1), refused]);
  });

  it("names the cheapest ideal instalment first and offers before refusals", () => {
    const [dear, cheap] = [condition(3, { ...ideal, first_installment_value: 9 }), condition(2, ideal)];
    expect(
      groupConditions([dear, cheap, condition(1, { available: false })]).ideal.map((each) => each.offer),
    ).toEqual([dear, cheap]);
    const [refused, offered] = [condition(4, { available: false }), condition(5)];
    expect(groupConditions([refused, offered]).others).toEqual([offered, refused]);
  });

  it("loses no condition", () => {
    const all = [
      condition(1, { available: null }),
      condition(2, ideal),
      condition(3, least),
      condition(4, { bank_minimum_down_payment: 9e6 }),
    ];
    const { ideal: first, minimum, others } = groupConditions(all);
    const ids = [
      ...first.flatMap((each) => [each.offer, each.original]),
      ...minimum.flatMap((each) => [each.original, each.offer]),
      ...others,
    ];
    expect(new Set(ids.filter((each) => each !== undefined).map((each) => each.id))).toEqual(
      new Set([1, 2, 3, 4]),
    );
  });
});

describe("progress", () => {
  it("counts what each bank has answered and offered", () => {
    const other = { id: 3, febraban_code: "655", name: "BV", nickname: "BV" };
    const conditions = [
      condition(1),
      condition(2, { available: false }),
      condition(3, { bank: other, process_task: null, available: null }),
    ];
    expect(progressOf(conditions)).toEqual([
      { bank: "Itaú", done: 2, all: 2, offers: 1 },
      { bank: "BV", done: 0, all: 1, offers: 0 },
    ]);
  });
});
