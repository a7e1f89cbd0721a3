import { Button, Checkbox, Stack, Table, Text, Title } from "@mantine/core";
import { Fragment, useContext, useState } from "react";
import { formatCents, formatPercent } from "../../ui/format";
import { useRows } from "../../ui/rows";
import { Scroll } from "../../ui/Scroll";
import { Choosing, MOST_COMPARED } from "./Comparison";
import { ConditionDetail } from "./ConditionDetail";
import type { Condition, Ideal, Minimum } from "./groups";

function Figures({ condition }: { condition: Condition }) {
  return (
    <>
      <Table.Td className="figures">{condition.installments}×</Table.Td>
      <Table.Td className="figures">{money(condition.first_installment_value)}</Table.Td>
      <Table.Td className="figures">{formatPercent(condition.cet_annually)}</Table.Td>
      <Table.Td className="figures">{money(condition.amount_paid_in_financing)}</Table.Td>
    </>
  );
}

function money(cents: number | null): string {
  return cents === null ? "—" : formatCents(cents);
}

function Heads({ names }: { names: readonly string[] }) {
  return (
    <Table.Thead>
      <Table.Tr>
        {names.map((name) => (
          <Table.Th
            key={name}
            scope="col"
            className={name === "Banco" || name === "Motivo" ? undefined : "figures"}
          >
            {name}
          </Table.Th>
        ))}
        <Table.Th scope="col" className="unprinted">
          <span className="unseen">Detalhes</span>
        </Table.Th>
      </Table.Tr>
    </Table.Thead>
  );
}

function useUnfolded(): [number | null, (id: number) => void] {
  const [open, setOpen] = useState<number | null>(null);
  return [open, (id) => setOpen(id === open ? null : id)];
}

function More({
  condition,
  open,
  toggle,
}: {
  condition: Condition;
  open: number | null;
  toggle: (id: number) => void;
}) {
  const unfolded = open === condition.id;
  const { chosen, choose } = useContext(Choosing);
  const what = `${condition.bank.name}, ${condition.installments} parcelas, entrada ${formatCents(condition.down_payment)}`;
  return (
    <Table.Td className="unprinted whole">
      {condition.available && (
        <Checkbox
          size="xs"
          display="inline-block"
          mr="xs"
          aria-label={`Comparar: ${what}`}
          title="Comparar"
          checked={chosen.includes(condition.id)}
          disabled={chosen.length >= MOST_COMPARED && !chosen.includes(condition.id)}
          onChange={() => choose(condition.id)}
        />
      )}
      <Button
        size="compact-xs"
        variant="default"
        aria-expanded={unfolded}
        aria-label={`${unfolded ? "Fechar" : "Abrir"}: ${what}`}
        onClick={() => toggle(condition.id)}
      >
        {unfolded ? "Fechar" : "Abrir"}
      </Button>
    </Table.Td>
  );
}

function Unfolded({
  condition,
  open,
  columns,
}: {
  condition: Condition;
  open: number | null;
  columns: number;
}) {
  if (open !== condition.id) return null;
  return (
    <Table.Tr>
      <Table.Td colSpan={columns}>
        <ConditionDetail condition={condition} />
      </Table.Td>
    </Table.Tr>
  );
}

export function IdealOffers({ offers }: { offers: readonly Ideal[] }) {
  const [open, toggle] = useUnfolded();
  const byKeys = useRows(offers.length);
  if (offers.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Com grandes chances de aprovação">
      <Title order={2} size="h3">
        Com grandes chances de aprovação
      </Title>
      <Text size="sm">
        Ofertas com a entrada ideal que o banco sugere; ao lado, a entrada oferecida pelo cliente.
      </Text>
      <Scroll label="Tabela: entrada ideal">
        <Table>
          <Heads
            names={["Banco", "Entrada ideal", "Oferecida", "Parcelas", "Parcela", "CET ao ano", "Total"]}
          />
          <Table.Tbody>
            {offers.map(({ offer, original }, place) => (
              <Fragment key={offer.id}>
                <Table.Tr {...byKeys(place)}>
                  <Table.Th scope="row">{offer.bank.name}</Table.Th>
                  <Table.Td className="figures">
                    <strong>{formatCents(offer.down_payment)}</strong>
                  </Table.Td>
                  <Table.Td className="figures">
                    {original ? formatCents(original.down_payment) : "—"}
                  </Table.Td>
                  <Figures condition={offer} />
                  <More condition={offer} open={open} toggle={toggle} />
                </Table.Tr>
                <Unfolded condition={offer} open={open} columns={8} />
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
  );
}

export function MinimumOffers({ conditions }: { conditions: readonly Minimum[] }) {
  const [open, toggle] = useUnfolded();
  const byKeys = useRows(conditions.length);
  if (conditions.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Só com a entrada mínima do banco">
      <Title order={2} size="h3">
        Só com a entrada mínima do banco
      </Title>
      <Text size="sm">
        O banco não sugere uma entrada ideal e exige ao menos a mínima, acima da oferecida pelo cliente.
      </Text>
      <Scroll label="Tabela: entrada mínima">
        <Table>
          <Heads
            names={["Banco", "Oferecida", "Mínima exigida", "Parcelas", "Parcela", "CET ao ano", "Total"]}
          />
          <Table.Tbody>
            {conditions.map(({ original, offer }, place) => (
              <Fragment key={original.id}>
                <Table.Tr {...byKeys(place)}>
                  <Table.Th scope="row">{original.bank.name}</Table.Th>
                  <Table.Td className="figures">{formatCents(original.down_payment)}</Table.Td>
                  <Table.Td className="figures minimum">{money(original.bank_minimum_down_payment)}</Table.Td>
                  <Figures condition={offer ?? original} />
                  <More condition={offer ?? original} open={open} toggle={toggle} />
                </Table.Tr>
                <Unfolded condition={offer ?? original} open={open} columns={8} />
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
  );
}

export function OtherConditions({ conditions }: { conditions: readonly Condition[] }) {
  const [open, toggle] = useUnfolded();
  const byKeys = useRows(conditions.length);
  if (conditions.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="Demais condições">
      <Title order={2} size="h3">
        Demais condições
      </Title>
      <Scroll label="Tabela: demais condições">
        <Table>
          <Heads names={["Banco", "Entrada", "Parcelas", "Parcela", "CET ao ano", "Total", "Motivo"]} />
          <Table.Tbody>
            {conditions.map((each, place) => (
              <Fragment key={each.id}>
                <Table.Tr {...byKeys(place)}>
                  <Table.Th scope="row">{each.bank.name}</Table.Th>
                  <Table.Td className="figures">{formatCents(each.down_payment)}</Table.Td>
                  <Figures condition={each} />
                  <Table.Td miw={110}>
                    {each.available ? "Oferta do banco" : (each.reason ?? "Sem oferta")}
                  </Table.Td>
                  <More condition={each} open={open} toggle={toggle} />
                </Table.Tr>
                <Unfolded condition={each} open={open} columns={8} />
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </Stack>
  );
}
