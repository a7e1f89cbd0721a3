/** Another account for a payment that came back. Pure. */

import type { components } from "../../api/schema";

export type Target = {
  way: "pix" | "account";
  pixKey: string;
  bank: string;
  type: components["schemas"]["BankAccount"]["type"];
  agency: string;
  account: string;
};

export const ACCOUNTS: Record<Target["type"], string> = {
  CONTA_CORRENTE_INDIVIDUAL: "Conta corrente individual",
  CONTA_CORRENTE_CONJUNTA: "Conta corrente conjunta",
  CONTA_POUPANCA_INDIVIDUAL: "Poupança individual",
  CONTA_POUPANCA_CONJUNTA: "Poupança conjunta",
};

export function freshTarget(): Target {
  const type = "CONTA_CORRENTE_INDIVIDUAL";
  return { way: "pix", pixKey: "", bank: "", type, agency: "", account: "" };
}

/** What is sent, or `null` while something is missing; what is wrong in it the API says. */
export function toBody(target: Target): components["schemas"]["RetryDisbursement"] | null {
  if (target.way === "pix") return target.pixKey.trim() ? { pixKey: target.pixKey.trim() } : null;
  const [bank, agency, account] = [target.bank, target.agency, target.account].map((each) => each.trim());
  return bank && agency && account ? { bank: { bank, type: target.type, agency, account } } : null;
}
