import { Button, Group, NativeSelect, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { DataTable } from "../../ui/DataTable";
import { today } from "../../ui/days";
import { useDraft } from "../../ui/draft";
import { Fact } from "../../ui/Fact";
import { formatCents } from "../../ui/format";
import { Older } from "../../ui/Older";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { followFile, saveJson } from "../../ui/saving";
import { INQUIRY_COLUMNS } from "./columns";
import { useBureaus, useIntegrations } from "./setup";

type Filters = {
  start: string;
  end: string;
  integration: string;
  branch: string;
  report: string;
  by: string;
};
type Page = components["schemas"]["InquiryReportAnswer"];

function freshFilters(): Filters {
  const day = today();
  return { start: `${day.slice(0, 8)}01`, end: day, integration: "", branch: "", report: "", by: "" };
}

function toQuery(filters: Filters) {
  return {
    start: filters.start,
    end: filters.end,
    ...(filters.integration ? { integration_id: Number(filters.integration) } : {}),
    ...(filters.branch ? { branch_id: Number(filters.branch) } : {}),
    ...(filters.report.trim() ? { report: filters.report.trim() } : {}),
    ...(filters.by.trim() ? { requested_by: filters.by.trim() } : {}),
  };
}

/** What was asked in a period, what it cost, and the same as a file. */
export function InquiryReport() {
  const [form, keep] = useDraft<Filters>("inquiry-report", freshFilters);
  const [filters, setFilters] = useState(form);
  const { choices } = useBranches();
  const { integrations } = useIntegrations();
  const { named } = useBureaus();
  const { busy, problem, act } = useAct();
  const page = (cursor: string | null) =>
    ask(
      api.GET("/api/v1/bureau_inquiries_report", {
        params: { query: { ...toQuery(filters), ...(cursor ? { cursor } : {}) } },
      }),
    );
  const found = useInfiniteQuery({
    queryKey: ["inquiry-report", filters],
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
      const made = await ask(api.POST("/api/v1/bureau_inquiries_report/files", { params, body }));
      followFile(made.data.url);
    });
  const json = () =>
    act("json", async () => {
      const first = await page(null);
      const inquiries = [...first.data];
      for (let next = first.next_cursor; next; ) {
        const further = await page(next);
        inquiries.push(...further.data);
        next = further.next_cursor;
      }
      const period = `${filters.start}-${filters.end}`;
      saveJson(`consultas-${period}.json`, { filters: toQuery(filters), totals: first.totals, inquiries });
    });

  return (
    <Stack>
      <form onSubmit={submit} aria-label="Filtros do relatório">
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
          <NativeSelect
            label="Integração"
            data={[
              { value: "", label: "Todas" },
              ...integrations.map((each) => ({
                value: String(each.id),
                label: `${each.id}: ${named(each.provider)}`,
              })),
            ]}
            value={form.integration}
            onChange={(event) => change({ integration: event.currentTarget.value })}
          />
          <TextInput
            label="Relatório"
            placeholder="Código, ou vazio para todos"
            value={form.report}
            onChange={(event) => change({ report: event.currentTarget.value })}
          />
          <TextInput
            label="Solicitante"
            placeholder="Exatamente como registrado"
            value={form.by}
            onChange={(event) => change({ by: event.currentTarget.value })}
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
      <Part title="Totais do período">
        <SimpleGrid cols={{ base: 2, sm: 4 }} className="totals">
          <Fact name="Custo">{totals ? formatCents(totals.cost) : "—"}</Fact>
          <Fact name="Consultas">{totals?.inquiries ?? "—"}</Fact>
          <Fact name="Cobradas">{totals?.billed ?? "—"}</Fact>
          <Fact name="Respondidas pelo birô">{totals?.done ?? "—"}</Fact>
          <Fact name="Com o que estava guardado">{totals?.stored ?? "—"}</Fact>
          <Fact name="Falharam">{totals?.failed ?? "—"}</Fact>
          <Fact name="Resultado desconhecido">{totals?.unknown ?? "—"}</Fact>
          <Fact name="Em andamento">{totals?.open ?? "—"}</Fact>
        </SimpleGrid>
      </Part>
      <DataTable
        label="Consultas do período"
        columns={INQUIRY_COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Nenhuma consulta com estes filtros."
      />
      <Older found={found} />
    </Stack>
  );
}
