import { Alert, Badge, Button, Group, Progress, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import { formatCents, formatMoment, maskDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { Choosing, Comparison } from "./Comparison";
import { groupConditions, progressOf } from "./groups";
import { InstalmentChart } from "./InstalmentChart";
import { IdealOffers, MinimumOffers, OtherConditions } from "./OfferTables";

const POLL_MS = 1_000;

export function SimulationView({ uuid }: { uuid: string }) {
  const found = useQuery({
    queryKey: ["simulation", uuid],
    queryFn: () => ask(api.GET("/api/v1/banks_api/simulations/{uuid}", { params: { path: { uuid } } })),
    refetchInterval: (query) => (query.state.data?.data.finished_at ? false : POLL_MS),
  });
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const choose = (id: number) =>
    setChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  const simulation = found.data?.data;
  if (!simulation) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  const { conditions, lead } = simulation;
  const compared = chosen.flatMap((id) => conditions.find((each) => each.id === id) ?? []);
  const groups = groupConditions(conditions);
  const done = conditions.filter((each) => each.process_task !== null).length;
  const finished = simulation.finished_at !== null;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Simulação</Title>
        <Group className="unprinted">
          <Button variant="default" component="a" href={link("simulacoes")}>
            Todas
          </Button>
          <Button variant="default" onClick={() => window.print()} disabled={!finished}>
            Imprimir ou PDF
          </Button>
        </Group>
      </Group>
      <Text className="fits">
        {lead.name ?? "Cliente sem nome"}, {maskDocument(lead.cpf_cnpj)}. Bem de{" "}
        {formatCents(simulation.assets_value ?? 0)}. Criada em {formatMoment(simulation.created_at)}.
      </Text>
      {found.error ? <ProblemNote problem={found.error} again={() => void found.refetch()} /> : null}
      <div role="status">
        {finished ? (
          <Text>
            Pronta: {conditions.filter((each) => each.available).length} ofertas em {conditions.length}{" "}
            condições.
          </Text>
        ) : (
          <Text>
            {done} de {conditions.length} condições respondidas. Você pode sair desta página: nada se perde.
          </Text>
        )}
      </div>
      {!finished && <BankProgress conditions={conditions} />}
      {finished && (
        <Choosing value={{ chosen, choose }}>
          <Comparison offers={compared} clear={() => setChosen([])} />
          <IdealOffers offers={groups.ideal} />
          <MinimumOffers conditions={groups.minimum} />
          <OtherConditions conditions={groups.others} />
          <InstalmentChart conditions={conditions} />
        </Choosing>
      )}
      {finished && groups.ideal.length === 0 && groups.minimum.length === 0 && groups.others.length === 0 && (
        <Alert variant="outline">Nenhum banco foi perguntado.</Alert>
      )}
    </Stack>
  );
}

function BankProgress({ conditions }: { conditions: Parameters<typeof progressOf>[0] }) {
  return (
    <Scroll label="Andamento por banco">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Banco</Table.Th>
            <Table.Th scope="col">Andamento</Table.Th>
            <Table.Th scope="col" className="figures">
              Respondidas
            </Table.Th>
            <Table.Th scope="col" className="figures">
              Ofertas
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {progressOf(conditions).map((each) => (
            <Table.Tr key={each.bank}>
              <Table.Th scope="row">{each.bank}</Table.Th>
              <Table.Td miw={120}>
                <Progress
                  value={(100 * each.done) / each.all}
                  aria-label={`${each.bank}: ${each.done} de ${each.all}`}
                />
              </Table.Td>
              <Table.Td className="figures">
                {each.done} de {each.all}
              </Table.Td>
              <Table.Td className="figures">
                <Badge variant="outline" color={each.offers > 0 ? "teal" : "gray"}>
                  {each.offers}
                </Badge>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
