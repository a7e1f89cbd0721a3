import { describe, expect, it } from "vitest";
import { type Customer, checkForm, readPhone, toCustomer, toForm } from "./customerForm";

const FORM = {
  document: "529.982.247-25",
  name: "Ana Exemplo",
  born_at: "1990-05-17",
  mother: "Maria Exemplo",
  email: "ana@example.com",
  phone: "(84) 90000-0000",
  "address.zip_code": "01001-000",
  "address.state_id": "35",
  "job_reference.income_cents": "R$ 6.500,00",
  has_cnh: "false",
};

describe("telephones", () => {
  it.each(["(84) 90000-0000", "84900000000", "+55 84 90000-0000"])("reads %s", (text) =>
    expect(readPhone(text)).toEqual({ code: 84, number: 900000000 }),
  );
  it.each(["", "90000-0000", "0800 000 0000", "123456789012345"])("refuses %s", (text) =>
    expect(readPhone(text)).toBeNull(),
  );
});

describe("a new customer", () => {
  it("is sent as the API takes it, without what was left empty", () => {
    expect(checkForm(FORM)).toEqual({});
    expect(toCustomer(FORM)).toEqual({
      cpf: "52998224725",
      name: "Ana Exemplo",
      born_at: "1990-05-17",
      mother: "Maria Exemplo",
      has_cnh: false,
      emails: [{ address: "ana@example.com" }],
      phones: [{ code: 84, number: 900000000 }],
      address: expect.objectContaining({ zip_code: "01001-000", state_id: 35 }),
      job_reference: { income_cents: 650000 },
    });
  });

  it("says what is missing", () => {
    expect(Object.keys(checkForm({}))).toEqual(["document", "name"]);
    expect(Object.keys(checkForm({ document: "52998224725", name: "A", "pep.office": "Prefeito" }))).toEqual([
      "born_at",
      "mother",
      "pep.since",
    ]);
    expect(checkForm({ ...FORM, "job_reference.income_cents": "1.234" })).toHaveProperty([
      "job_reference.income_cents",
    ]);
  });
});

describe("a known customer", () => {
  const before = {
    cpf: "529.982.247-25",
    cnpj: null,
    name: "Ana Exemplo",
    born_at: "1990-05-17",
    mother: "Maria Exemplo",
    emails: [
      { id: 1, address: "ana@example.com" },
      { id: 2, address: "outra@example.com" },
    ],
    phones: [],
    address: { id: 9, street: "Rua Um", build_type_id: 2 },
    job_reference: { id: 3, income_cents: 650000, name: "Empresa" },
    pep: null,
  } as unknown as Customer;

  it("keeps what the form does not show", () => {
    const form: Record<string, string> = {
      ...toForm(before),
      email: "nova@example.com",
      "address.street": "Rua Dois",
    };
    expect(form["job_reference.income_cents"]).toBe("6.500,00");
    const sent = toCustomer(form, before);
    expect(sent).not.toHaveProperty("cpf");
    expect(sent.emails).toEqual([
      { id: 1, address: "nova@example.com" },
      { id: 2, address: "outra@example.com" },
    ]);
    expect(sent.address).toMatchObject({ street: "Rua Dois", build_type_id: 2 });
    expect(sent.job_reference).toMatchObject({ income_cents: 650000, name: "Empresa" });
    expect(sent).not.toHaveProperty("pep");
  });
});
