import { List, NativeSelect, SimpleGrid } from "@mantine/core";
import { api, ask } from "../../api/client";
import { monthBefore, today } from "../../ui/days";
import { Fact } from "../../ui/Fact";
import { formatCents } from "../../ui/format";
import { Part } from "../../ui/Part";
import { Report, useReport } from "../../ui/report";
import { LISTING_COLUMNS } from "./columns";
import { MonthChart } from "./MonthChart";
import { addTotals } from "./totals";
import { PEFIN_REASONS, STATUSES } from "./words";

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
  const report = useReport({
    name: "listing-report",
    fresh: freshFilters,
    toQuery,
    read: (query) => ask(api.GET("/api/v1/negativations_report", { params: { query } })),
    add: addTotals,
    make: (query, format, key) => {
      const params = { header: { "Idempotency-Key": key } };
      const body = { report: { ...query, format } };
      return ask(api.POST("/api/v1/negativations_report/files", { params, body }));
    },
    file: "negativacoes",
    rows: "negativations",
  });
  const { form, change, totals } = report;

  return (
    <Report
      report={report}
      label="Negativações do período"
      columns={LISTING_COLUMNS}
      empty="Nenhuma negativação com estes filtros."
      filters={
        <NativeSelect
          label="Situação"
          data={[
            { value: "", label: "Todas" },
            ...Object.entries(STATUSES).map(([value, label]) => ({ value, label })),
          ]}
          value={form.status}
          onChange={(event) => change({ status: event.currentTarget.value })}
        />
      }
    >
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
    </Report>
  );
}
