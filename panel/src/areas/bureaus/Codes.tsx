import { Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { readAnew } from "../../ui/anew";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";

type Code = components["schemas"]["CodeView"];
const PEOPLE: Record<string, string> = { natural: "Pessoas", legal: "Empresas" };
const KINDS: Record<string, string> = { inclusion: "Inclusão", removal: "Baixa" };

/** The codes that a bureau has for listings, as fetched the last time. */
export function Codes({ id, changed }: { id: number; changed: () => Promise<void> }) {
  const { busy, problem, act } = useAct();
  const params = { path: { integration_id: id } };
  const found = useQuery({
    queryKey: ["codes", id],
    queryFn: () => ask(api.GET("/api/v1/bureau_integrations/{integration_id}/restriction_codes", { params })),
  });
  const columns = useMemo(
    (): readonly Column<Code>[] => [
      { id: "code", title: "Código", heading: true, cell: (row) => row.code },
      {
        id: "description",
        title: "Descrição",
        cell: (row) => <span className="fits">{row.description}</span>,
      },
      { id: "kind", title: "Para", cell: (row) => KINDS[row.kind] ?? row.kind },
      {
        id: "person",
        title: "Sobre",
        cell: (row) => (row.person ? (PEOPLE[row.person] ?? row.person) : "Todos"),
      },
    ],
    [],
  );
  const lists = found.data?.data;

  const refresh = () =>
    act("refresh", async () => {
      await ask(api.PUT("/api/v1/bureau_integrations/{integration_id}/restriction_codes", { params }));
      await readAnew(found);
      await changed();
    });

  return (
    <Part title="Códigos do birô">
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      {lists && lists.missing_codes.length > 0 && (
        <Text className="minimum">
          Já não estão na lista do birô, e impedem a negativação automática: {lists.missing_codes.join(", ")}.
        </Text>
      )}
      <DataTable
        label="Tabela: códigos"
        columns={columns}
        rows={lists?.codes}
        failed={found.isError}
        rowId={(row) => `${row.kind}-${row.code}-${row.person}`}
        empty="Nenhum código buscado ainda."
      />
      <Group>
        <Writing area="bureau_setup">
          <Button variant="default" size="xs" loading={busy !== ""} onClick={() => void refresh()}>
            Buscar no birô
          </Button>
        </Writing>
        {lists?.refreshed_at && <Text size="sm">Buscados em {formatMoment(lists.refreshed_at)}</Text>}
      </Group>
    </Part>
  );
}
