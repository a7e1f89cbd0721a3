import { NativeSelect, SimpleGrid, Stack, Switch } from "@mantine/core";
import { useMemo, useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { go } from "../../app/routes";
import { DataTable } from "../../ui/DataTable";
import { FilterBox, NONE_FITS, useFilter } from "../../ui/FilterBox";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { LISTING_COLUMNS } from "./columns";
import { type Listing, ORIGINS, STATUSES } from "./words";

const EVERY_MS = 10_000;

type Query = {
  status?: "ativa";
  origin?: "manual";
  branch_id?: number;
  critical?: "true";
  debtor_id?: string;
};

/** The partner's listings by these filters, newest first, looked at again while one looks. */
export function useListings(query: Query) {
  return usePages(
    ["listings", query],
    (cursor) => ask(api.GET("/api/v1/negativations", { params: { query: { ...query, ...cursor } } })),
    { everyMs: EVERY_MS },
  );
}

const textsOf = (row: Listing) => [row.contract_number, row.id];

type TableProps = { label: string; query: Query; empty: string; filtered?: boolean };

export function ListingTable({ label, query, empty, filtered = false }: TableProps) {
  const { found, rows } = useListings(query);
  const filter = useFilter(rows, textsOf);
  return (
    <Stack>
      {filtered && (
        <FilterBox
          name="Filtrar por contrato ou número"
          placeholder="Contrato ou número"
          filter={filter}
          more={found.hasNextPage}
          open={(id) => go("negativacoes", "registros", id)}
        />
      )}
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label={label}
        columns={LISTING_COLUMNS}
        rows={filter.kept}
        failed={found.isError}
        rowId={(row) => row.id}
        empty={filter.all > 0 ? NONE_FITS : empty}
      />
      <Older found={found} />
    </Stack>
  );
}

export function ListingList() {
  const [status, setStatus] = useState("");
  const [origin, setOrigin] = useState("");
  const [branch, setBranch] = useState("");
  const [critical, setCritical] = useState(false);
  const { choices } = useBranches();
  const query = useMemo(
    () => ({
      ...(status ? { status: status as "ativa" } : {}),
      ...(origin ? { origin: origin as "manual" } : {}),
      ...(branch ? { branch_id: Number(branch) } : {}),
      ...(critical ? { critical: "true" as const } : {}),
    }),
    [status, origin, branch, critical],
  );
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <NativeSelect
          label="O que foi feito"
          data={[
            { value: "", label: "Todas" },
            ...Object.entries(STATUSES).map(([value, label]) => ({ value, label })),
          ]}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        />
        <NativeSelect
          label="Origem"
          data={[
            { value: "", label: "Todas" },
            ...Object.entries(ORIGINS).map(([value, label]) => ({ value, label })),
          ]}
          value={origin}
          onChange={(event) => setOrigin(event.currentTarget.value)}
        />
        <NativeSelect
          label="Filial"
          data={[{ value: "", label: "Todas" }, ...choices]}
          value={branch}
          onChange={(event) => setBranch(event.currentTarget.value)}
        />
        <Switch
          label="Só as críticas"
          mt="lg"
          checked={critical}
          onChange={(event) => setCritical(event.currentTarget.checked)}
        />
      </SimpleGrid>
      <ListingTable
        label="Negativações"
        query={query}
        empty="Nenhuma negativação com estes filtros."
        filtered
      />
    </Stack>
  );
}
