import { describe, expect, it } from "vitest";
import { checkBulletin, freshBulletin, toSent } from "./bulletin";

const TOLD = {
  ...freshBulletin(),
  title: " Assembleia ",
  text: "No dia 10,\nàs 19 horas.\n\n \nTragam o convite.",
};

describe("a bulletin", () => {
  it("sends its paragraphs, and of the audience what its kind has", () => {
    const draft = {
      ...TOLD,
      developments: "Residencial Exemplo\n",
      groups: ["customer"],
      startsOn: "2026-12-01",
    };
    expect(toSent(draft)).toEqual({
      kind: "diversos",
      title: "Assembleia",
      paragraphs: ["No dia 10, às 19 horas.", "Tragam o convite."],
      starts_on: "2026-12-01",
    });
    expect(toSent({ ...draft, kind: "empreendimento" })).toMatchObject({
      developments: ["Residencial Exemplo"],
    });
  });

  it("reads a unit a line, of which each names its development", () => {
    const draft = { ...TOLD, kind: "unidade" as const, units: "Residencial Exemplo; Torre A, 101" };
    expect(checkBulletin(draft)).toEqual({});
    expect(toSent(draft)).toMatchObject({
      units: [{ development: "Residencial Exemplo", unit: "Torre A, 101" }],
    });
    for (const units of ["", "Torre A, 101", "a; b; c"]) {
      expect(checkBulletin({ ...draft, units })).toHaveProperty("units");
    }
  });

  it("never ends before it begins", () =>
    expect(checkBulletin({ ...TOLD, startsOn: "2026-12-02", endsOn: "2026-12-01" })).toHaveProperty(
      "endsOn",
    ));
});
