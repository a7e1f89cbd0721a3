import { NativeSelect, SimpleGrid, Stack, Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { DataTable } from "../../ui/DataTable";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { LISTING_COLUMNS } from "./columns";
import { ORIGINS, STATUSES } from "./words";

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
  const found = useInfiniteQuery({
    queryKey: ["listings", query],
    refetchInterval: EVERY_MS,
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["ListingList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/negativations", {
          params: { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.data), [found.data]);
  return { found, rows };
}

export function ListingTable({ label, query, empty }: { label: string; query: Query; empty: string }) {
  const { found, rows } = useListings(query);
  return (
    <Stack>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label={label}
        columns={LISTING_COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty={empty}
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
      <ListingTable label="Negativações" query={query} empty="Nenhuma negativação com estes filtros." />
    </Stack>
  );
}
