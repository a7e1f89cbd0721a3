import { expect, it } from "vitest";
import { awaitsDecision, labelOf, orderTotals } from "./statuses";

it("spells out a status that is not known", () => {
  expect(labelOf("EM_ANALISE_MANUAL")).toBe("Em análise manual");
  expect(labelOf("OUTRO_PASSO")).toBe("Outro passo");
});

it("orders totals by the way that proposals go", () => {
  const ordered = orderTotals({ ZZ: 1, LIBERADO: 2, AA: 3, PRE_PROCESSAMENTO: 4 });
  expect(ordered.map(([status]) => status)).toEqual(["PRE_PROCESSAMENTO", "LIBERADO", "AA", "ZZ"]);
});

it("asks a person for nothing but manual analyses", () => {
  expect(awaitsDecision("EM_ANALISE_MANUAL")).toBe(true);
  expect(awaitsDecision("EM_ANALISE_DOCUMENTAL")).toBe(false);
});
