import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { today } from "../../ui/days";
import { formatDay } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Arrivals } from "./Arrivals";
import { ListingTable } from "./ListingList";
import { ORIGINS, STATUSES, sayDue } from "./words";

type Deadline = components["schemas"]["DeadlineView"];
const CRITICAL = { critical: "true" } as const;
const EVERY_MS = 30_000;

/** What somebody has to do: removals with their last legal day, listings that ask for care, what bureaus said. */
export function Tasks() {
  const { called } = useBranches();
  const found = useQuery({
    queryKey: ["deadlines"],
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/v1/negativations/deadlines", { params: { query: { per_page: 100 } } })),
  });
  const columns = useMemo(
    (): readonly Column<Deadline>[] => [
      {
        id: "due",
        title: "Último dia da baixa",
        whole: true,
        cell: (row) => {
          const due = sayDue(row.due_on, today());
          return (
            <Anchor href={link("negativacoes", "registros", row.negativation_id)}>
              <span className={due.urgent ? "minimum" : undefined}>{due.words}</span>
            </Anchor>
          );
        },
      },
      { id: "branch", title: "Filial", cell: (row) => <span className="fits">{called(row.branch_id)}</span> },
      { id: "status", title: "Situação", cell: (row) => STATUSES[row.status] ?? row.status },
      {
        id: "task",
        title: "O que falta",
        cell: (row) => (row.to_be_asked_for ? "Alguém pedir a baixa" : "A baixa se concluir"),
      },
      {
        id: "available",
        title: "Dinheiro disponível em",
        whole: true,
        cell: (row) => (row.available_on ? formatDay(row.available_on) : "Não foi pago"),
      },
      { id: "origin", title: "Origem", cell: (row) => ORIGINS[row.origin] ?? row.origin },
    ],
    [called],
  );
  const told = found.data;
  const urgent = told?.data.filter((each) => sayDue(each.due_on, today()).urgent).length ?? 0;
  return (
    <Stack>
      <Part title="Prazos de baixa">
        <ProblemNote problem={found.error} again={() => void found.refetch()} />
        <Group gap="xs" role="status" className="line">
          {told && (
            <Text className={urgent > 0 ? "minimum" : undefined}>
              {urgent === 0 ? "Nada vence hoje." : `Hoje ou já vencidas: ${urgent}.`}
            </Text>
          )}
          {told && (
            <Text>
              A baixar: {told.due}. Atrasadas: {told.late}.
            </Text>
          )}
        </Group>
        {told && told.by_branch.length > 1 && (
          <Text size="sm" className="fits">
            {told.by_branch
              .map((each) => `${called(each.branch_id)}: ${each.due}, ${each.late} atrasadas`)
              .join("; ")}
          </Text>
        )}
        <DataTable
          label="Prazos"
          columns={columns}
          rows={told?.data}
          failed={found.isError}
          rowId={(row) => row.negativation_id}
          empty="Nenhuma baixa devida."
        />
      </Part>
      <Part title="Críticas">
        <ListingTable label="Críticas" query={CRITICAL} empty="Nada pede o cuidado de alguém." />
      </Part>
      <Arrivals />
    </Stack>
  );
}
