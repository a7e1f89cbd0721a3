import { Anchor, Button, Stack } from "@mantine/core";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { go, link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { FilterBox, NONE_FITS, useFilter } from "../../ui/FilterBox";
import { formatMoment, maskDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
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

const textsOf = (row: Debtor) => [row.name, row.document, row.external_id, row.id];

export function DebtorList() {
  const [open, setOpen] = useState(sessionStorage.getItem("lastro-draft-debtor") !== null);
  const { found, rows } = usePages(
    ["debtors"],
    (cursor) => ask(api.GET("/api/v1/debtors", { params: { query: cursor } })),
    // An import may have brought more since.
    { anew: true },
  );
  const filter = useFilter(rows, textsOf);
  return (
    <Stack>
      <Writing area="listings">
        <Button variant="default" w="fit-content" aria-expanded={open} onClick={() => setOpen(!open)}>
          Novo devedor
        </Button>
        {open && <DebtorForm />}
      </Writing>
      <FilterBox
        name="Filtrar por nome, CPF, CNPJ ou número"
        placeholder="Nome, CPF, CNPJ ou número"
        filter={filter}
        more={found.hasNextPage}
        open={(id) => go("negativacoes", "devedores", id)}
      />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Devedores"
        columns={COLUMNS}
        rows={filter.kept}
        failed={found.isError}
        rowId={(row) => row.id}
        empty={filter.all > 0 ? NONE_FITS : "Nenhum devedor ainda: cadastre um, ou importe um arquivo."}
      />
      <Older found={found} />
    </Stack>
  );
}
