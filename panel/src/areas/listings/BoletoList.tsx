import { Anchor, NativeSelect, SimpleGrid, Stack } from "@mantine/core";
import { useMemo, useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { FilterBox, NONE_FITS, useFilter } from "../../ui/FilterBox";
import { formatCents, formatDay } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { BOLETOS } from "./words";

type Boleto = components["schemas"]["BoletoView"];

const textsOf = (row: Boleto) => [row.external_id, row.contract_number];

/** Boletos of every debtor, by branch and by what they are today. */
export function BoletoList() {
  const [status, setStatus] = useState("");
  const [branch, setBranch] = useState("");
  const { called, choices } = useBranches();
  const { found, rows } = usePages(
    ["boletos", "of-all", status, branch],
    (cursor) => {
      const query = {
        ...(status ? { status: status as "overdue" } : {}),
        ...(branch ? { branch_id: Number(branch) } : {}),
        ...cursor,
      };
      return ask(api.GET("/api/v1/boletos", { params: { query } }));
    },
    { anew: true },
  );
  const filter = useFilter(rows, textsOf);
  const columns = useMemo(
    (): readonly Column<Boleto>[] => [
      {
        id: "external",
        title: "Boleto",
        cell: (row) => (
          <Anchor href={link("negativacoes", "devedores", row.debtor_id)} className="fits">
            {row.external_id}
          </Anchor>
        ),
      },
      { id: "branch", title: "Filial", cell: (row) => <span className="fits">{called(row.branch_id)}</span> },
      { id: "due", title: "Vencimento", whole: true, cell: (row) => formatDay(row.due_on) },
      { id: "amount", title: "Valor", figures: true, cell: (row) => formatCents(row.amount_cents) },
      { id: "remaining", title: "Falta", figures: true, cell: (row) => formatCents(row.remaining_cents) },
      { id: "status", title: "Situação", cell: (row) => BOLETOS[row.status] ?? row.status },
      {
        id: "step",
        title: "Cobrança",
        cell: (row) => (row.collection_step === 0 ? "—" : `Passo ${row.collection_step}`),
      },
    ],
    [called],
  );
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label="Situação"
          data={[
            { value: "", label: "Todas" },
            ...Object.entries(BOLETOS).map(([value, label]) => ({ value, label })),
          ]}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        />
        <NativeSelect
          label="Filial"
          data={[{ value: "", label: "Todas" }, ...choices]}
          value={branch}
          onChange={(event) => setBranch(event.currentTarget.value)}
        />
      </SimpleGrid>
      <FilterBox
        name="Filtrar por boleto ou contrato"
        placeholder="Boleto ou contrato"
        filter={filter}
        more={found.hasNextPage}
      />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Boletos"
        columns={columns}
        rows={filter.kept}
        failed={found.isError}
        rowId={(row) => row.id}
        empty={filter.all > 0 ? NONE_FITS : "Nenhum boleto com estes filtros."}
      />
      <Older found={found} />
    </Stack>
  );
}
