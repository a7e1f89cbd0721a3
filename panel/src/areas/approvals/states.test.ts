import { expect, it } from "vitest";
import { formatShare } from "./states";

it.each([
  ["96.5000", "96,50 %"],
  ["100", "100,00 %"],
  ["99.9999", "99,99 %"],
])("never shows %s as more than it is", (spelt, read) => expect(formatShare(spelt)).toBe(read));
