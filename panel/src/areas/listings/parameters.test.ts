import { describe, expect, it } from "vitest";
import { checkForm, freshForm, readDays, toForm, toRequest } from "./parameters";

const KEPT = {
  branch_id: 1,
  enabled: true,
  steps: [
    { step: 1, days_overdue: 5, action: "remind", notice: null },
    { step: 5, days_overdue: 45, action: "credit_analysis", notice: null },
  ],
  state: "SP",
  yearly_holidays: ["01-25"],
  single_holidays: ["2026-02-17"],
  listing_cost_cents: 350,
  updated_at: "2026-11-28T12:00:00Z",
};

describe("days", () => {
  it.each([
    ["25/01, 2/9", 2, ["01-25", "09-02"]],
    ["", 2, []],
    ["17/02/2026", 3, ["2026-02-17"]],
    ["25/01/2026", 2, null],
    ["25/01", 3, null],
    ["amanhã", 2, null],
  ] as const)("reads %j", (text, parts, days) => expect(readDays(text, parts)).toEqual(days));
});

describe("a branch's collection", () => {
  it("is sent as it was kept", () => {
    const { branch_id: _, updated_at: __, ...kept } = KEPT;
    const steps = KEPT.steps.map(({ notice: ___, ...step }) => step);
    expect(toRequest(toForm(KEPT), 350)).toEqual({ ...kept, steps });
  });
  it("leaves out what is not used", () => expect(toRequest(freshForm(), null).steps).toEqual([]));
  it("wants days that grow", () => {
    const form = toForm(KEPT);
    const [first] = form.steps;
    if (first) first.days = "45";
    expect(checkForm(form)).toContain("crescem");
    if (first) first.days = "cinco";
    expect(checkForm(form)).toContain("dias de atraso");
  });
});
