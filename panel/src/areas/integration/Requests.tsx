import { NativeSelect, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { SearchBox } from "../../ui/SearchBox";

type Asked = { by: "request_id" | "key"; text: string };

type Row = components["schemas"]["RequestList"]["requests"][number];

const COLUMNS: readonly Column<Row>[] = [
  { id: "at", title: "Quando", whole: true, cell: (row) => formatMoment(row.at) },
  {
    id: "call",
    title: "Chamada",
    cell: (row) => (
      <span className="fits">
        {row.method} {row.resource}
      </span>
    ),
  },
  { id: "status", title: "Status", figures: true, cell: (row) => row.status },
  { id: "code", title: "Código", cell: (row) => row.code ?? "—" },
  {
    id: "number",
    title: "Número",
    heading: true,
    cell: (row) => <span className="fits">{row.request_id}</span>,
  },
];
const ANY = (): Asked => ({ by: "request_id", text: "" });

/** The partner's own requests of today and yesterday, found by their number or by their Idempotency-Key. */
export function Requests() {
  const [form, setForm] = useDraft<Asked>("requests", ANY);
  const [asked, setAsked] = useState<Asked>(form);
  const found = useQuery({
    queryKey: ["requests", asked],
    queryFn: () => {
      const query = asked.text ? { [asked.by]: asked.text } : {};
      return ask(api.GET("/api/v1/requests", { params: { query } }));
    },
  });
  const rows = found.data?.requests;

  return (
    <Stack component="section" aria-label="Requisições" gap="xs">
      <Title order={2} size="h3">
        Requisições
      </Title>
      <SearchBox
        label="Texto"
        placeholder="Vazio: todas"
        typed={form.text}
        change={(text) => setForm({ ...form, text })}
        search={() => setAsked({ ...form, text: form.text.trim() })}
        before={
          <NativeSelect
            label="Buscar por"
            value={form.by}
            data={[
              { value: "request_id", label: "Número da requisição" },
              { value: "key", label: "Idempotency-Key" },
            ]}
            onChange={(event) => setForm({ ...form, by: event.currentTarget.value as Asked["by"] })}
          />
        }
      />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Tabela: requisições"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.request_id}
        empty="Nenhuma requisição de ontem para hoje. Uma requisição aparece em cerca de um minuto."
      />
    </Stack>
  );
}
