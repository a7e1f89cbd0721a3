import { expect, test } from "vitest";
import { checkReservation, type ReservationDraft, toReservation } from "./reservation";

const DRAFT: ReservationDraft = {
  key: "k",
  development: " Residencial Exemplo ",
  table: "Tabela",
  unit: "A 101",
  customer: " 42 ",
  lots: "2",
  owed: "R$ 1.234,56",
  preRegistration: "",
  flow: {
    signed: "2026-11-10",
    total: "500.000,00",
    payments: [{ due: "2026-11-10", amount: "500.000,00", kind: "keys", installments: "" }],
  },
};

test("what is filled in is sent as the API takes it", () => {
  expect(checkReservation(DRAFT)).toEqual({});
  const sent = toReservation(DRAFT, "ana@example.com");
  expect(sent).toMatchObject({
    development: "Residencial Exemplo",
    customer_id: 42,
    lots: 2,
    owed_cents: 123_456,
    requested_by: "ana@example.com",
  });
  expect(sent).not.toHaveProperty("pre_registration_id");
  expect(toReservation({ ...DRAFT, owed: " " }, "ana@example.com")).not.toHaveProperty("owed_cents");
});

test("what cannot be sent is named, the flow's fields too", () => {
  const wrong = checkReservation({ ...DRAFT, unit: " ", customer: "4x", lots: "0", owed: "1.234" });
  expect(Object.keys(wrong).sort()).toEqual(["customer", "lots", "owed", "unit"]);
  expect(checkReservation({ ...DRAFT, flow: { ...DRAFT.flow, total: "" } })).toHaveProperty("total");
});
