import { Button, Table } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../api/client";
import type { components } from "../api/schema";
import { formatMoment } from "./format";
import { ProblemNote } from "./ProblemNote";
import { Scroll } from "./Scroll";

type Delivery = components["schemas"]["DeliveryView"];

const STATUSES: Record<string, string> = { pending: "A enviar", delivered: "Entregue", failed: "Falhou" };

/** Notices and how telling each of them went; any of them is sent again. */
export function Deliveries({ rows, again }: { rows: readonly Delivery[]; again: () => Promise<unknown> }) {
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState("");

  async function resend(id: string) {
    setBusy(id);
    setProblem(null);
    try {
      await ask(
        api.POST("/api/external/v2.1/callbacks/deliveries/{id}/resend", { params: { path: { id } } }),
      );
    } catch (error) {
      setProblem(error);
    }
    setBusy("");
    await again();
  }

  return (
    <>
      <ProblemNote problem={problem} />
      <Scroll label="Tabela: avisos">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Aviso</Table.Th>
              <Table.Th scope="col">Criado em</Table.Th>
              <Table.Th scope="col">Situação</Table.Th>
              <Table.Th scope="col" className="figures">
                Tentativas
              </Table.Th>
              <Table.Th scope="col">
                <span className="unseen">Ações</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((each) => (
              <Table.Tr key={each.id}>
                <Table.Th scope="row">{each.event}</Table.Th>
                <Table.Td>{formatMoment(each.created_at)}</Table.Td>
                <Table.Td>
                  {STATUSES[each.status] ?? each.status}
                  {each.last_code ? ` (${each.last_code})` : ""}
                  {each.last_fault ? `: ${each.last_fault}` : ""}
                </Table.Td>
                <Table.Td className="figures">{each.tries}</Table.Td>
                <Table.Td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    loading={busy === each.id}
                    onClick={() => void resend(each.id)}
                    aria-label={`Reenviar ${each.event} de ${formatMoment(each.created_at)}`}
                  >
                    Reenviar
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scroll>
    </>
  );
}
