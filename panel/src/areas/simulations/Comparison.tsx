import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { createContext } from "react";
import { formatCents, formatDay, formatPercent } from "../../ui/format";
import { Scroll } from "../../ui/Scroll";
import type { Condition } from "./groups";

export const MOST_COMPARED = 4;

type Choice = { chosen: readonly number[]; choose: (id: number) => void };

/** Which offers of a simulation are compared, by their numbers, and how one is put among them or taken out. */
export const Choosing = createContext<Choice>({ chosen: [], choose: () => {} });

const LINES: readonly (readonly [name: string, say: (each: Condition) => string])[] = [
  ["Entrada", (each) => formatCents(each.down_payment)],
  ["Parcelas", (each) => `${each.installments}×`],
  ["Parcela", (each) => money(each.first_installment_value)],
  ["CET ao ano", (each) => formatPercent(each.cet_annually)],
  ["Juros ao mês", (each) => formatPercent(each.interest_monthly)],
  ["Financiado", (each) => money(each.financed_amount)],
  ["Total das parcelas", (each) => money(each.amount_paid_in_financing)],
  ["Entrada e parcelas", (each) => money(sumOf(each))],
  ["Válida até", (each) => (each.expires_at ? formatDay(each.expires_at) : "—")],
];

/** Offers side by side, as they were chosen in the tables. */
export function Comparison({ offers, clear }: { offers: readonly Condition[]; clear: () => void }) {
  if (offers.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Comparação">
      <Group justify="space-between">
        <Title order={2} size="h3">
          Comparação
        </Title>
        <Button size="xs" variant="default" onClick={clear} className="unprinted">
          Limpar
        </Button>
      </Group>
      {offers.length === 1 && <Text size="sm">Escolha mais uma oferta para comparar.</Text>}
      <Scroll label="Tabela: comparação">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {offers.map((each) => (
                <Table.Th key={each.id} scope="col" className="figures">
                  {each.bank.name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {LINES.map(([name, say]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">{name}</Table.Th>
                {offers.map((each) => (
                  <Table.Td key={each.id} className="figures">
                    {say(each)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
  );
}

function money(cents: number | null): string {
  return cents === null ? "—" : formatCents(cents);
}

function sumOf(each: Condition): number | null {
  return each.amount_paid_in_financing === null ? null : each.down_payment + each.amount_paid_in_financing;
}
