import { formatCents, formatDay, formatPercent } from "../../ui/format";
import type { Condition } from "./groups";

// Breaks of a line, what is not seen, and what turns the direction of what follows.
const UNSEEN = /[\s\p{Cc}\p{Cf}]+/gu;

/**
 * What may be sent to the customer: an offer in sentences, nothing of the person in it. Whatever a bank is called, its
 * name is plain text of one line: it adds no line of its own, and hides none.
 */
export function writeMessage(condition: Condition): string {
  const lines = [
    `${condition.bank.name.replace(UNSEEN, " ").trim()}: ${condition.installments} parcelas de ${formatCents(condition.first_installment_value ?? 0)}`,
    `Entrada: ${formatCents(condition.down_payment)}`,
    `CET: ${formatPercent(condition.cet_annually)} ao ano`,
    `Total das parcelas: ${formatCents(condition.amount_paid_in_financing ?? 0)}`,
  ];
  if (condition.first_due_date) lines.push(`Primeiro vencimento: ${formatDay(condition.first_due_date)}`);
  if (condition.expires_at) lines.push(`Válida até ${formatDay(condition.expires_at)}`);
  return lines.join("\n");
}
