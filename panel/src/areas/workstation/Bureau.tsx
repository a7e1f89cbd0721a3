import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask, orNone } from "../../api/client";
import { formatCents, formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { useBureaus } from "../bureaus/setup";

const STATUSES: Record<string, string> = {
  queued: "Na fila",
  asking: "Sendo feita",
  done: "Respondida",
  failed: "Recusada",
  unknown: "Sem resposta certa",
};

/** What the credit bureau said of whoever asked for the credit: the inquiries made for this process. */
export function Bureau({ process }: { process: string }) {
  const { named } = useBureaus();
  const found = useQuery({
    queryKey: ["process-inquiries", process],
    retry: false,
    queryFn: () => {
      const path = { subject_type: "client" as const, subject_id: process };
      return orNone(
        ask(api.GET("/api/v1/bureau_subjects/{subject_type}/{subject_id}/inquiries", { params: { path } })),
      );
    },
  });
  const rows = found.data?.data ?? [];
  return (
    <Part
      title="Birô de crédito"
      empty={!found.isPending && !found.error && rows.length === 0 && "Nenhuma consulta feita."}
    >
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {rows.length > 0 && (
        <Scroll label="Tabela: consultas ao birô">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Birô</Table.Th>
                <Table.Th scope="col">Situação</Table.Th>
                <Table.Th scope="col" className="figures">
                  Escore
                </Table.Th>
                <Table.Th scope="col">Restrições</Table.Th>
                <Table.Th scope="col">Quando</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Th scope="row">
                    {named(row.provider)}, {row.report}
                  </Table.Th>
                  <Table.Td>
                    {STATUSES[row.status] ?? row.status}
                    {row.failure && <Text size="sm">{row.failure.message}</Text>}
                  </Table.Td>
                  <Table.Td className="figures">{row.summary.score ?? "—"}</Table.Td>
                  <Table.Td>{sayNotes(row.summary)}</Table.Td>
                  <Table.Td>{formatMoment(row.ended_at ?? row.created_at)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Part>
  );
}

/** Restrictions in words; what the bureau did not say is no "none". */
function sayNotes(summary: {
  restricted: boolean | null;
  notes: number | null;
  notes_total: number | null;
}): string {
  if (summary.restricted === null) return "—";
  if (!summary.restricted) return "Nenhuma";
  const count = summary.notes === null ? "Há restrições" : `${summary.notes}`;
  return summary.notes_total === null ? count : `${count}, somam ${formatCents(summary.notes_total)}`;
}
