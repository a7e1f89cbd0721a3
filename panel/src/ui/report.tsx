import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useBranches } from "../api/branches";
import { useAct } from "./act";
import { type Column, DataTable } from "./DataTable";
import { useDraft } from "./draft";
import { Older } from "./Older";
import { ProblemNote } from "./ProblemNote";
import { usePages } from "./pages";
import { followFile, saveJson } from "./saving";

/** Figures of a period; `next_cursor` leads to those that one answer could not count. */
type Totals = { next_cursor: string | null };
type Page<R, T> = { data: R[]; totals: T | null; next_cursor: string | null };
type Format = "csv" | "xlsx";

/** What every report is filtered by: a period, and one branch or all. */
type Period = { start: string; end: string; branch: string };

/** A report of a period: its filters, its pages, and the same as a file. */
export function useReport<F extends Period, Q, R extends { id: string }, T extends Totals>(of: {
  /** Of its draft, and of what it asks the API for. */
  name: string;
  fresh: () => F;
  toQuery: (filters: F) => Q;
  read: (query: Q & { cursor?: string; totals_cursor?: string }) => Promise<Page<R, T>>;
  /** Figures, and those of what is older, as one: where they end, the older ones say. */
  add: (newer: T, older: T) => T;
  make: (
    query: Q & { cursor?: string },
    format: Format,
    key: string,
  ) => Promise<{ data: { url: string; next_cursor: string | null } }>;
  /** What the file of JSON is called, and its rows in it. */
  file: string;
  rows: string;
}) {
  const [form, keep] = useDraft<F>(of.name, of.fresh);
  const [filters, setFilters] = useState(form);
  const { busy, problem, act } = useAct();
  const query = of.toQuery(filters);
  const read = async (cursor: { cursor?: string }) => {
    const page = await of.read({ ...query, ...cursor });
    let { totals } = page;
    while (totals?.next_cursor) {
      const further = await of.read({ ...query, totals_cursor: totals.next_cursor });
      totals = further.totals && of.add(totals, further.totals);
    }
    return { ...page, totals };
  };
  const { found, rows } = usePages<R, Page<R, T>>([of.name, filters], read);

  const make = (format: Format) =>
    act(format, async () => {
      for (let cursor: { cursor?: string } | null = {}; cursor; ) {
        const { data } = await of.make({ ...query, ...cursor }, format, crypto.randomUUID());
        followFile(data.url);
        cursor = data.next_cursor ? { cursor: data.next_cursor } : null;
      }
    });
  const save = () =>
    act("json", async () => {
      const first = await read({});
      const all = [...first.data];
      for (let next = first.next_cursor; next; ) {
        const further = await read({ cursor: next });
        all.push(...further.data);
        next = further.next_cursor;
      }
      const told = { filters: query, totals: first.totals, [of.rows]: all };
      saveJson(`${of.file}-${filters.start}-${filters.end}.json`, told);
    });

  return {
    form,
    change: (changes: Partial<F>) => keep({ ...form, ...changes }),
    filter: () => setFilters(form),
    found,
    rows,
    totals: found.data?.pages[0]?.totals,
    problem: problem ?? found.error,
    busy,
    make,
    save,
  };
}

type Told<R> = Pick<
  ReturnType<typeof useReport<Period, unknown, R & { id: string }, Totals>>,
  "form" | "found" | "rows" | "problem" | "filter" | "busy" | "make" | "save"
> & { change: (changes: Partial<Period>) => void };

type Props<R> = {
  report: Told<R>;
  /** The fields of its own filters. */
  filters: ReactNode;
  label: string;
  columns: readonly Column<R>[];
  empty: string;
  /** Its totals. */
  children: ReactNode;
};

/** A report: its filters with what is done with them, its totals, and its rows. */
export function Report<R extends { id: string }>({
  report,
  filters,
  label,
  columns,
  empty,
  children,
}: Props<R>) {
  const { form, change, found, rows, problem, filter, busy, make, save } = report;
  const { choices } = useBranches();
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          filter();
        }}
        aria-label="Filtros do relatório"
      >
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
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
          {filters}
        </SimpleGrid>
        <Group mt="md">
          <Button type="submit">Filtrar</Button>
          <Button variant="default" loading={busy === "csv"} onClick={() => void make("csv")}>
            Baixar CSV
          </Button>
          <Button variant="default" loading={busy === "xlsx"} onClick={() => void make("xlsx")}>
            Baixar XLSX
          </Button>
          <Button variant="default" loading={busy === "json"} onClick={() => void save()}>
            Baixar JSON
          </Button>
        </Group>
      </form>
      <ProblemNote problem={problem} again={() => void found.refetch()} />
      {children}
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty={empty}
      />
      <Older found={found} />
    </Stack>
  );
}
