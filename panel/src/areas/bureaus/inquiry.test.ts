import { describe, expect, it } from "vitest";
import { checkDraft, freshDraft, personOf, readParameters, toRequest } from "./inquiry";

const draft = { ...freshDraft(), document: "52998224725" };

describe("parameters", () => {
  it.each([
    ["", {}],
    ["a=1\n\n b = dois três ", { a: "1", b: "dois três" }],
    ["a=b=c", { a: "b=c" }],
  ])("reads %j", (text, found) => expect(readParameters(text)).toEqual(found));
  it.each(["a", "=1", "a=", "a=1\na=2", "a b=1"])("refuses %j", (text) =>
    expect(readParameters(text)).toBeNull(),
  );
});

describe("an inquiry", () => {
  it("sends nothing that was left out", () =>
    expect(toRequest(draft, "ana@example.com")).toEqual({
      document: "52998224725",
      purpose: "credit_analysis",
      requested_by: "ana@example.com",
    }));
  it("names a client by the partner's own number", () =>
    expect(toRequest({ ...draft, subjectType: "client", subjectId: " 7 " }, "a").subject).toEqual({
      type: "client",
      id: "7",
    }));
  it("wants a number of whoever is no loose document", () =>
    expect(Object.keys(checkDraft({ ...draft, subjectType: "lead" }))).toEqual(["subjectId"]));
  it("wants a whole document", () =>
    expect(checkDraft({ ...draft, document: "529" })).toHaveProperty("document"));
  it("tells people from companies", () =>
    expect([personOf("52998224725"), personOf("11222333000181")]).toEqual(["natural", "legal"]));
});
