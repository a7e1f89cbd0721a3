import { describe, expect, it } from "vitest";
import { checkClasses, compare, countParts, FIELDS, freshPart, sayPart, toCondition, toPart } from "./trees";

const CONDITIONS = [
  { field: "income_cents", at_least: 1500000 },
  { field: "born_at", at_most: "1990-05-17" },
  { field: "state_id", among: [35, 33] },
  { field: "accept_boleto", is: false },
  { known: "pep_since" },
  {
    all_of: [
      { field: "income_cents", at_least: 1 },
      { not: { any_of: [{ known: "born_at" }, { known: "state_id" }] } },
    ],
  },
];

describe("conditions", () => {
  it.each(CONDITIONS)("go to the form and back unchanged: %j", (condition) =>
    expect(toCondition(toPart(condition))).toEqual(condition),
  );

  it("are refused where no form can show them", () => {
    expect(() => toPart({ field: "unknown", is: true })).toThrow();
    expect(() => toPart({ field: "income_cents", is: true })).toThrow();
  });

  it("are checked at every depth, where the API would say it", () => {
    const condition = toPart({ all_of: [{ not: { field: "income_cents", at_least: 1 } }] });
    if (condition.kind !== "all_of") throw new Error("not a list");
    condition.parts.push(
      { kind: "not", part: compare("state_id") },
      compare("income_cents"),
      compare("born_at"),
    );
    const rows = [{ id: null, name: "A", condition }];
    expect(Object.keys(checkClasses(rows))).toEqual([
      "classes.0.condition.all_of.1.not",
      "classes.0.condition.all_of.2",
      "classes.0.condition.all_of.3",
    ]);
  });

  it("refuse an amount that can be read in two ways", () => {
    const condition = { ...compare("income_cents"), value: "1.500" } as ReturnType<typeof compare>;
    expect(checkClasses([{ id: 1, name: "A", condition }])).toHaveProperty(["classes.0.condition"]);
  });

  it("begin anew with every field", () => {
    for (const field of FIELDS) expect(toPart(toCondition(toPart({ known: field.name }))).kind).toBe("known");
    for (const kind of ["all_of", "any_of", "not", "known", "compare"] as const)
      expect(freshPart(kind).kind).toBe(kind);
    expect(countParts(freshPart("all_of"))).toBe(2);
  });

  it("are said in words", () => {
    const said = sayPart(toPart({ all_of: CONDITIONS.slice(0, 3) }), (_, id) => (id === "35" ? "SP" : "RJ"));
    expect(said).toBe("(Renda a partir de R$ 15.000,00 e Nascimento até 17/05/1990 e Estado é SP ou RJ)");
  });
});

describe("classes", () => {
  const condition = toPart({ known: "born_at" });
  it("have names of their own, whatever their capitals", () => {
    const rows = ["Alta", " alta ", ""].map((name) => ({ id: null, name, condition }));
    expect(Object.keys(checkClasses(rows))).toEqual(["classes.1.name", "classes.2.name"]);
  });
});
