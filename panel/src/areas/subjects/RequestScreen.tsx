import { Anchor, Badge, Button, Group, List, SimpleGrid, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { Fact } from "../../ui/Fact";
import { formatDay, formatMoment, maskDocument } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { ACTIONS, KINDS, REQUESTS } from "./words";

type Count = components["schemas"]["KindCount"];
const EVERY_MS = 3_000;
const COLUMNS: readonly Column<Count>[] = [
  { id: "kind", title: "O que é", heading: true, cell: (row) => KINDS[row.kind] ?? row.kind },
  { id: "exported", title: "Copiados", figures: true, cell: (row) => row.exported },
  { id: "ended", title: "Eliminados", figures: true, cell: (row) => row.ended },
  { id: "kept", title: "Ficam pela lei", figures: true, cell: (row) => row.kept },
  { id: "in_use", title: "Em uso", figures: true, cell: (row) => row.in_use },
];

/** How far a data subject's request is; it goes on whoever looks. */
export function RequestScreen({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ["subject-request", id],
    refetchInterval: (query) => (query.state.data?.data.status === "done" ? false : EVERY_MS),
    queryFn: () =>
      ask(api.GET("/api/v1/data_subject_requests/{request_id}", { params: { path: { request_id: id } } })),
  });
  const asked = found.data?.data;
  if (!asked) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  return (
    <Stack>
      <Title order={2}>{ACTIONS[asked.action] ?? asked.action}</Title>
      <Group gap="xs">
        <Badge variant="outline" color={asked.status === "done" ? "teal" : "gray"}>
          {REQUESTS[asked.status] ?? asked.status}
        </Badge>
        {asked.status === "held" && (
          <Text size="sm">
            Uma guarda legal segura os dados desta pessoa: levantada, a eliminação continua sozinha.
          </Text>
        )}
      </Group>
      {found.error ? <ProblemNote problem={found.error} again={() => void found.refetch()} /> : null}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Fact name="Titular">{maskDocument(asked.document)}</Fact>
        <Fact name="Quem atende">{asked.requested_by}</Fact>
        <Fact name="Pedido em">{formatMoment(asked.created_at)}</Fact>
        <Fact name="Terminado em">{asked.finished_at ? formatMoment(asked.finished_at) : "Ainda não"}</Fact>
      </SimpleGrid>
      <Text size="sm" className="fits">
        Guarde o número deste pedido para vê-lo de novo: {asked.id}
      </Text>
      {asked.files.length > 0 && (
        <Part title="Arquivos">
          <List>
            {asked.files.map((each) => (
              <List.Item key={each.name}>
                <Anchor href={each.url} download={each.name} rel="noreferrer" className="fits">
                  {each.name}
                </Anchor>
              </List.Item>
            ))}
          </List>
          <Group>
            <Text size="sm">Os endereços valem 15 minutos, os arquivos sete dias.</Text>
            <Button size="compact-xs" variant="default" onClick={() => void found.refetch()}>
              Novos endereços
            </Button>
          </Group>
        </Part>
      )}
      <Part title="O que foi feito">
        <DataTable
          label="O que foi feito"
          columns={COLUMNS}
          rows={asked.records}
          rowId={(row) => row.kind}
          empty={
            asked.status === "done" ? "Nada há sobre esta pessoa." : "Ainda nada: o pedido está na fila."
          }
        />
      </Part>
      {asked.kept.length > 0 && (
        <Part title="O que fica, e por quê">
          <List>
            {asked.kept.map((each) => (
              <List.Item key={`${each.kind}-${each.id}`} className="fits">
                {KINDS[each.kind] ?? each.kind} {each.id}:{" "}
                {each.until ? `até ${formatDay(each.until)}` : "enquanto está em uso"} ({each.basis})
              </List.Item>
            ))}
          </List>
          <Text size="sm">Termina sozinho quando pode: não é preciso pedir de novo.</Text>
        </Part>
      )}
    </Stack>
  );
}
