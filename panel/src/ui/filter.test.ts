import { describe, expect, it } from "vitest";
import { fits } from "./filter";

describe("a filter of what a list shows", () => {
  it.each([
    ["joao", ["João da Silva", "52998224725"]],
    ["529.982", ["João", "52998224725"]],
    ["silva jo", ["João da Silva"]],
    ["t-12/2", ["T-12/2"]],
    ["  ", ["anything"]],
    ["<img", ["Ana <img src=x>"]],
  ])("finds %s", (typed, texts) => expect(fits(typed, texts)).toBe(true));

  it.each([
    ["joana", ["João da Silva"]],
    ["529.983", ["João", "52998224725"]],
    ["...", ["João"]],
    ["ana", [null, undefined, ""]],
  ])("does not find %s", (typed, texts) => expect(fits(typed, texts)).toBe(false));
});
