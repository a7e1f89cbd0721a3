import { Anchor, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatDay, formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";

type Row = { id: number; unit: string; what: string; at: string };
type Page = { rows: Row[]; next: string | null };
type Kind = "cessoes" | "reservas" | "vendas";

const TITLES: Record<Kind, string> = { cessoes: "Cessões", reservas: "Reservas", vendas: "Vendas" };
const STATES: Record<string, string> = {
  approved: "Aprovada",
  awaiting_decision: "Espera decisão",
  blocked: "Bloqueada",
  cancelled: "Cancelada",
  refused: "Recusada",
  sold: "Vendida",
};
const COLUMNS: readonly Column<Row>[] = [
  { id: "id", title: "Número", heading: true, cell: (row) => row.id },
  { id: "unit", title: "Unidade", cell: (row) => <span className="fits">{row.unit}</span> },
  { id: "what", title: "Situação", cell: (row) => row.what },
  { id: "at", title: "Desde", cell: (row) => row.at },
];

/** What a customer has or had, already filtered: what the count of the journey leads to. */
export function Purchases({ id, kind }: { id: number; kind: Kind }) {
  const found = useInfiniteQuery({
    queryKey: ["purchases", id, kind],
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.next,
    queryFn: ({ pageParam }) => readPage(kind, id, pageParam),
  });
  return (
    <Stack>
      <Anchor href={link("clientes", "lista", String(id))}>Voltar ao cliente</Anchor>
      <Title order={1}>{TITLES[kind]}</Title>
      <Text>Só as deste cliente, as mais novas primeiro.</Text>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label={TITLES[kind]}
        columns={COLUMNS}
        rows={found.data?.pages.flatMap((page) => page.rows)}
        failed={found.isError}
        rowId={(row) => String(row.id)}
        empty={`Nenhuma, deste cliente.`}
      />
      <Older found={found} />
    </Stack>
  );
}

async function readPage(kind: Kind, id: number, cursor: string | null): Promise<Page> {
  const query = { customer_id: id, ...(cursor ? { cursor: Number(cursor) } : {}) };
  if (kind === "cessoes") {
    const page = await ask(api.GET("/api/v1/assignments", { params: { query } }));
    const rows = page.assignments.map((each) => ({
      id: each.id,
      unit: `${each.development}, ${each.unit}`,
      what: `${STATES[each.state] ?? each.state}, ${each.from_customer_id === id ? "cede" : "recebe"}`,
      at: formatDay(each.assigned_on),
    }));
    return { rows, next: page.next_cursor };
  }
  if (kind === "vendas") {
    const page = await ask(api.GET("/api/v1/sales", { params: { query } }));
    const rows = page.sales.map((each) => ({
      id: each.id,
      unit: `${each.development}, ${each.unit}`,
      what: "Vendida",
      at: formatMoment(each.created_at),
    }));
    return { rows, next: page.next_cursor };
  }
  const page = await ask(api.GET("/api/v1/reservations", { params: { query } }));
  const rows = page.reservations.map((each) => ({
    id: each.id,
    unit: `${each.development}, ${each.unit}`,
    what: STATES[each.state] ?? each.state,
    at: formatMoment(each.created_at),
  }));
  return { rows, next: page.next_cursor };
}
