import { Button, Group, List, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { formatCents, formatPercent } from "../../ui/format";
import type { Condition } from "./groups";
import { writeMessage } from "./message";

const EXPENSES: Record<string, string> = {
  documentation: "Documentação",
  register_rate: "Tarifa de cadastro",
  contract_record_rate: "Registro do contrato",
  property_valuation_rate: "Avaliação do bem",
  spf: "Seguro prestamista",
  iof_value: "IOF",
  accessory: "Acessórios",
  insurance: "Seguro",
};

export function ConditionDetail({ condition }: { condition: Condition }) {
  const [copied, setCopied] = useState<string>("");
  if (!condition.available)
    return <Text size="sm">{condition.reason ?? "O banco não fez oferta nestes termos."}</Text>;

  async function copy() {
    try {
      await navigator.clipboard.writeText(writeMessage(condition));
      setCopied("Copiada.");
    } catch {
      setCopied("O navegador não deixou copiar.");
    }
  }

  const flow = Object.entries(condition.payment_flow ?? {});
  return (
    <Stack gap="xs">
      <Text size="sm">
        Juros de {formatPercent(condition.interest_monthly)} ao mês; CET de{" "}
        {formatPercent(condition.cet_monthly)} ao mês. Financiado:{" "}
        {formatCents(condition.financed_amount ?? 0)}.
      </Text>
      <Group align="flex-start" gap="xl">
        <div>
          <Text size="sm" fw={600}>
            Despesas financiadas
          </Text>
          <List size="sm">
            {condition.expenses.map((each) => (
              <List.Item key={each.id}>
                {EXPENSES[each.type] ?? each.type}: {formatCents(each.value ?? 0)}
              </List.Item>
            ))}
          </List>
        </div>
        <div>
          <Text size="sm" fw={600}>
            Parcelas
          </Text>
          <ol className="flow">
            {flow.map(([number, cents]) => (
              <li key={number} className="figures">
                {formatCents(cents)}
              </li>
            ))}
          </ol>
        </div>
      </Group>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => void copy()}>
          Copiar como mensagem para o cliente
        </Button>
        <Text size="sm" role="status">
          {copied}
        </Text>
      </Group>
    </Stack>
  );
}
