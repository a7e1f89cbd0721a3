import { NativeSelect, SimpleGrid, TextInput } from "@mantine/core";
import { api, ask } from "../../api/client";
import { today } from "../../ui/days";
import { Fact } from "../../ui/Fact";
import { formatCents } from "../../ui/format";
import { Part } from "../../ui/Part";
import { Report, useReport } from "../../ui/report";
import { INQUIRY_COLUMNS } from "./columns";
import { useBureaus, useIntegrations } from "./setup";
import { addTotals } from "./totals";

type Filters = {
  start: string;
  end: string;
  integration: string;
  branch: string;
  report: string;
  by: string;
};

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
  const { integrations } = useIntegrations();
  const { named } = useBureaus();
  const report = useReport({
    name: "inquiry-report",
    fresh: freshFilters,
    toQuery,
    read: (query) => ask(api.GET("/api/v1/bureau_inquiries_report", { params: { query } })),
    add: addTotals,
    make: (query, format, key) => {
      const params = { header: { "Idempotency-Key": key } };
      const body = { report: { ...query, format } };
      return ask(api.POST("/api/v1/bureau_inquiries_report/files", { params, body }));
    },
    file: "consultas",
    rows: "inquiries",
  });
  const { form, change, totals } = report;

  return (
    <Report
      report={report}
      label="Consultas do período"
      columns={INQUIRY_COLUMNS}
      empty="Nenhuma consulta com estes filtros."
      filters={
        <>
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
        </>
      }
    >
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
    </Report>
  );
}
