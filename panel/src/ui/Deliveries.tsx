import { Button } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../api/client";
import type { components } from "../api/schema";
import { type Column, DataTable } from "./DataTable";
import { formatMoment } from "./format";
import { ProblemNote } from "./ProblemNote";

type Delivery = components["schemas"]["DeliveryView"];

const STATUSES: Record<string, string> = { pending: "A enviar", delivered: "Entregue", failed: "Falhou" };

const EVENTS: Record<string, string> = {
  process_changed: "Processo mudou",
  processed_simulation: "Simulação pronta",
};

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

  const columns: readonly Column<Delivery>[] = [
    { id: "event", title: "Aviso", heading: true, cell: (row) => EVENTS[row.event] ?? row.event },
    { id: "created", title: "Criado em", whole: true, cell: (row) => formatMoment(row.created_at) },
    {
      id: "status",
      title: "Situação",
      cell: (row) => (
        <span className="fits">
          {STATUSES[row.status] ?? row.status}
          {row.last_code ? ` (${row.last_code})` : ""}
          {row.last_fault ? `: ${row.last_fault}` : ""}
        </span>
      ),
    },
    { id: "tries", title: "Tentativas", figures: true, cell: (row) => row.tries },
    {
      id: "acts",
      title: "Ações",
      unseen: true,
      cell: (row) => (
        <Button
          size="compact-xs"
          variant="default"
          loading={busy === row.id}
          onClick={() => void resend(row.id)}
          aria-label={`Reenviar ${row.event} de ${formatMoment(row.created_at)}`}
        >
          Reenviar
        </Button>
      ),
    },
  ];
  return (
    <>
      <ProblemNote problem={problem} />
      <DataTable
        label="Tabela: avisos"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        empty="Nenhum aviso ainda."
      />
    </>
  );
}
