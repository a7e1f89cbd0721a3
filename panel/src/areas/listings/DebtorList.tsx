import { Anchor, Button, Stack } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment, maskDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { DebtorForm } from "./DebtorForm";

type Debtor = components["schemas"]["DebtorView"];

const COLUMNS: readonly Column<Debtor>[] = [
  {
    id: "name",
    title: "Devedor",
    cell: (row) => (
      <Anchor href={link("negativacoes", "devedores", row.id)} className="fits">
        {row.name}
      </Anchor>
    ),
  },
  { id: "document", title: "CPF ou CNPJ", figures: true, cell: (row) => maskDocument(row.document) },
  { id: "external", title: "Seu número", cell: (row) => row.external_id ?? "—" },
  {
    id: "collection",
    title: "Cobrança",
    cell: (row) => (row.public_body ? "Órgão público" : row.in_collection ? "Na rotina" : "Fora da rotina"),
  },
  { id: "updated", title: "Alterado em", whole: true, cell: (row) => formatMoment(row.updated_at) },
];

export function DebtorList() {
  const [open, setOpen] = useState(sessionStorage.getItem("lastro-draft-debtor") !== null);
  const found = useInfiniteQuery({
    queryKey: ["debtors"],
    // An import may have brought more since.
    refetchOnMount: "always",
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["DebtorList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(api.GET("/api/v1/debtors", { params: { query: pageParam ? { cursor: pageParam } : {} } })),
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.data), [found.data]);
  return (
    <Stack>
      <Writing area="listings">
        <Button variant="default" w="fit-content" aria-expanded={open} onClick={() => setOpen(!open)}>
          Novo devedor
        </Button>
        {open && <DebtorForm />}
      </Writing>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Devedores"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Nenhum devedor ainda: cadastre um, ou importe um arquivo."
      />
      <Older found={found} />
    </Stack>
  );
}
