import { describe, expect, it } from "vitest";
import { checkDraft, type Draft, freshDraft, knownFields, toLead, toRequest, wantedFields } from "./form";

const whole: Draft = {
  ...freshDraft(),
  document: "529.982.247-25",
  value: "85.000,00",
  molicar: "02106163-7",
  uf: "sp",
  city: "São Paulo",
  manufactureYear: "2025",
  modelYear: "2026",
  rows: [{ installments: "48", downPayment: "5.000,00" }],
};

describe("a draft", () => {
  it("may be sent when it is whole", () => {
    expect(checkDraft(whole)).toEqual({});
    const { simulation } = toRequest(whole, ["341"]);
    expect(simulation.assets_value).toBe(8_500_000);
    expect(simulation.conditions).toEqual([{ installments: 48, down_payment: 500_000 }]);
    expect(simulation.vehicle).toMatchObject({ licensing_uf: "SP", manufacture_year: 2025, zero_km: false });
  });

  it.each([
    ["document", { document: "123" }],
    ["value", { value: "1.234" }],
    ["molicar", { molicar: "2106163" }],
    ["modelYear", { modelYear: "26" }],
    ["downPayment-0", { rows: [{ installments: "48", downPayment: "12.34" }] }],
    ["installments-0", { rows: [{ installments: "0", downPayment: "0" }] }],
  ])("says that %s is wrong", (name, changes) =>
    expect(Object.keys(checkDraft({ ...whole, ...changes }))).toEqual([name]),
  );
});

describe("the lead", () => {
  it("is asked for what the banks want", () => {
    const wanted = wantedFields({
      address: { zip_code: ["623"] },
      cpf_cnpj: ["341"],
      occupation: ["341", "655"],
    });
    expect([...wanted]).toEqual([
      ["address.zip_code", ["623"]],
      ["retrieve_occupation", ["341", "655"]],
    ]);
  });

  it("shows what is known and sends what was typed", () => {
    const known = knownFields({
      name: "Ana",
      monthly_income: 650000,
      has_cnh: true,
      occupation: { credere_identifier: "11" },
      address: { zip_code: "01001000", number: null },
      email: null,
    });
    expect(known).toEqual({
      name: "Ana",
      monthly_income: "6500,00",
      has_cnh: "true",
      retrieve_occupation: "11",
      "address.zip_code": "01001000",
    });
    expect(toLead({ ...known, email: " " })).toEqual({
      name: "Ana",
      monthly_income: 650000,
      has_cnh: true,
      retrieve_occupation: "11",
      address: { zip_code: "01001000" },
    });
    expect(toLead({ monthly_income: "6.500" })).toBeNull();
  });
});
