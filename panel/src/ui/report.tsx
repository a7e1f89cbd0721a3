import { Button, Group, SimpleGrid } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { useAct } from "./act";
import { useDraft } from "./draft";
import { followFile, saveJson } from "./saving";

type Page<R, T> = { data: R[]; totals: T; next_cursor: string | null };
type Format = "csv" | "xlsx";

/** A report of a period: its filters, its pages, and the same as a file. */
export function useReport<F extends { start: string; end: string }, Q, R, T>(of: {
  /** Of its draft, and of what it asks the API for. */
  name: string;
  fresh: () => F;
  toQuery: (filters: F) => Q;
  read: (query: Q & { cursor?: string }) => Promise<Page<R, T>>;
  make: (query: Q, format: Format, key: string) => Promise<{ data: { url: string } }>;
  /** What the file of JSON is called, and its rows in it. */
  file: string;
  rows: string;
}) {
  const [form, keep] = useDraft<F>(of.name, of.fresh);
  const [filters, setFilters] = useState(form);
  const { busy, problem, act } = useAct();
  const query = of.toQuery(filters);
  const read = (cursor: string | null) => of.read({ ...query, ...(cursor ? { cursor } : {}) });
  const found = useInfiniteQuery({
    queryKey: [of.name, filters],
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<R, T>) => page.next_cursor,
    queryFn: ({ pageParam }) => read(pageParam),
  });
  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.data), [found.data]);

  const make = (format: Format) =>
    act(format, async () => followFile((await of.make(query, format, crypto.randomUUID())).data.url));
  const save = () =>
    act("json", async () => {
      const first = await read(null);
      const all = [...first.data];
      for (let next = first.next_cursor; next; ) {
        const further = await read(next);
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

type Asked = Pick<ReturnType<typeof useReport>, "filter" | "busy" | "make" | "save">;

/** The fields of a report's filters, with what is done with them. */
export function ReportFilters({ report, children }: { report: Asked; children: ReactNode }) {
  const { filter, busy, make, save } = report;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        filter();
      }}
      aria-label="Filtros do relatório"
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>{children}</SimpleGrid>
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
  );
}
