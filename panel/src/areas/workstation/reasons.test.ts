import { expect, test } from "vitest";
import { sayReason, sayWho, sayWhy } from "./reasons";

test("who did a step and why is said in words, and what a person wrote stays", () => {
  expect(sayWho("analyze_proposal")).toBe("análise automática");
  expect(sayWho("17")).toBe("chave 17");
  expect(sayWho("e8b16415-f47b-4a28-8ac5-a2162931b93a")).toBe("e8b16415-f47b-4a28-8ac5-a2162931b93a");
  expect(sayWhy("SELF, IDENTITY_BACK")).toBe("Selfie; Identidade, verso");
  expect(sayWhy("Renda, conferida por telefone")).toBe("Renda, conferida por telefone");
  expect(sayReason("external_data_unavailable: timeout")).toBe("o birô não respondeu: timeout");
});
