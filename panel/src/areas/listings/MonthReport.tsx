import { Button, Group, List, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { DataTable } from "../../ui/DataTable";
import { monthBefore, today } from "../../ui/days";
import { useDraft } from "../../ui/draft";
import { Fact } from "../../ui/Fact";
import { formatCents } from "../../ui/format";
import { Older } from "../../ui/Older";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { followFile, saveJson } from "../../ui/saving";
import { LISTING_COLUMNS } from "./columns";
import { MonthChart } from "./MonthChart";
import { PEFIN_REASONS, STATUSES } from "./words";

type Page = components["schemas"]["ListingReport"];
type Filters = { start: string; end: string; branch: string; status: string };

function freshFilters(): Filters {
  const day = today();
  return { start: monthBefore(day, 2), end: day, branch: "", status: "" };
}

function toQuery(filters: Filters) {
  return {
    start: filters.start,
    end: filters.end,
    ...(filters.branch ? { branch_id: Number(filters.branch) } : {}),
    ...(filters.status ? { status: filters.status as "ativa" } : {}),
  };
}

/** Inclusions and removals of twelve months, the totals of a period, and the same as a file. */
export function MonthReport() {
  const [form, keep] = useDraft<Filters>("listing-report", freshFilters);
  const [filters, setFilters] = useState(form);
  const { choices } = useBranches();
  const { busy, problem, act } = useAct();
  const page = (cursor: string | null) =>
    ask(
      api.GET("/api/v1/negativations_report", {
        params: { query: { ...toQuery(filters), ...(cursor ? { cursor } : {}) } },
      }),
    );
  const found = useInfiniteQuery({
    queryKey: ["listing-report", filters],
    initialPageParam: null as string | null,
    getNextPageParam: (each: Page) => each.next_cursor,
    queryFn: ({ pageParam }) => page(pageParam),
  });
  const rows = useMemo(() => found.data?.pages.flatMap((each) => each.data), [found.data]);
  const totals = found.data?.pages[0]?.totals;
  const change = (changes: Partial<Filters>) => keep({ ...form, ...changes });

  function submit(event: FormEvent) {
    event.preventDefault();
    setFilters(form);
  }

  const file = (format: "csv" | "xlsx") =>
    act(format, async () => {
      const params = { header: { "Idempotency-Key": crypto.randomUUID() } };
      const body = { report: { ...toQuery(filters), format } };
      const made = await ask(api.POST("/api/v1/negativations_report/files", { params, body }));
      followFile(made.data.url);
    });
  const json = () =>
    act("json", async () => {
      const first = await page(null);
      const negativations = [...first.data];
      for (let next = first.next_cursor; next; ) {
        const further = await page(next);
        negativations.push(...further.data);
        next = further.next_cursor;
      }
      const period = `${filters.start}-${filters.end}`;
      saveJson(`negativacoes-${period}.json`, {
        filters: toQuery(filters),
        totals: first.totals,
        negativations,
      });
    });

  return (
    <Stack>
      <form onSubmit={submit} aria-label="Filtros do relatório">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
          <TextInput
            type="date"
            label="De"
            required
            value={form.start}
            onChange={(event) => change({ start: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label="Até"
            required
            value={form.end}
            onChange={(event) => change({ end: event.currentTarget.value })}
          />
          <NativeSelect
            label="Filial"
            data={[{ value: "", label: "Todas" }, ...choices]}
            value={form.branch}
            onChange={(event) => change({ branch: event.currentTarget.value })}
          />
          <NativeSelect
            label="Situação"
            data={[
              { value: "", label: "Todas" },
              ...Object.entries(STATUSES).map(([value, label]) => ({ value, label })),
            ]}
            value={form.status}
            onChange={(event) => change({ status: event.currentTarget.value })}
          />
        </SimpleGrid>
        <Group mt="md">
          <Button type="submit">Filtrar</Button>
          <Button variant="default" loading={busy === "csv"} onClick={() => void file("csv")}>
            Baixar CSV
          </Button>
          <Button variant="default" loading={busy === "xlsx"} onClick={() => void file("xlsx")}>
            Baixar XLSX
          </Button>
          <Button variant="default" loading={busy === "json"} onClick={() => void json()}>
            Baixar JSON
          </Button>
        </Group>
      </form>
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      <MonthChart months={totals?.months} />
      <Part title="Totais do período">
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Fact name="Negativações">{totals?.listings ?? "—"}</Fact>
          <Fact name="Dívidas">{totals ? formatCents(totals.amount_cents) : "—"}</Fact>
          <Fact name="Críticas">{totals?.critical ?? "—"}</Fact>
        </SimpleGrid>
        {totals && totals.statuses.length > 0 && (
          <List size="sm">
            {totals.statuses.map((each) => (
              <List.Item key={each.status}>
                {STATUSES[each.status] ?? each.status}: {each.listings}
              </List.Item>
            ))}
          </List>
        )}
      </Part>
      {totals && totals.reasons.length > 0 && (
        <Part title="Motivos das baixas">
          <List size="sm">
            {totals.reasons.map((each) => (
              <List.Item key={each.reason} className="fits">
                {each.reason} {PEFIN_REASONS[each.reason] ?? ""}: {each.listings}
              </List.Item>
            ))}
          </List>
        </Part>
      )}
      <DataTable
        label="Negativações do período"
        columns={LISTING_COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Nenhuma negativação com estes filtros."
      />
      <Older found={found} />
    </Stack>
  );
}
