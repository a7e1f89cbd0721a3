import { expect, it } from "vitest";
import { freshTarget, toBody } from "./payment";

it("sends one way of paying, and nothing that is half filled in", () => {
  const target = freshTarget();
  expect(toBody(target)).toBeNull();
  expect(toBody({ ...target, pixKey: " ana@example.com ", bank: "341" })).toEqual({
    pixKey: "ana@example.com",
  });
  const account = { ...target, way: "account" as const, bank: "341", agency: "0001" };
  expect(toBody(account)).toBeNull();
  expect(toBody({ ...account, account: "12345-6", pixKey: "x" })).toEqual({
    bank: { bank: "341", type: "CONTA_CORRENTE_INDIVIDUAL", agency: "0001", account: "12345-6" },
  });
});
