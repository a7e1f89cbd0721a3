import { Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { formatCents, formatDay, formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { FIELD_LABELS } from "./PortalSetup";
import { ReportFile } from "./ReportFile";

type Page = components["schemas"]["ChangeReport"];
type Change = Page["registration_changes"][number];
type Field = Change["fields"][number];
type Period = "current_month" | "previous_month" | "custom";

const THIS_MONTH = () => ({ period: "current_month" as Period, start: "", end: "" });
const WAYS: Record<Change["way"], string> = { form: "Formulário", own_data: "Meus dados" };
const COLUMNS: readonly Column<Change>[] = [
  { id: "at", title: "Quando", heading: true, cell: (row) => formatMoment(row.at) },
  { id: "name", title: "Quem", cell: (row) => <span className="fits">{row.name}</span> },
  { id: "way", title: "Como", cell: (row) => WAYS[row.way] },
  {
    id: "fields",
    title: "O que mudou",
    cell: (row) => (
      <ul className="plain">
        {row.fields.map((each) => (
          <li key={each.field} className="fits">
            <b>{FIELD_LABELS[each.field]}</b>: {say(each, each.before)} → {say(each, each.after)}
          </li>
        ))}
      </ul>
    ),
  },
];

export default function Changes() {
  const [{ period, start, end }, keep] = useDraft("changes", THIS_MONTH);
  const change = (changes: Partial<ReturnType<typeof THIS_MONTH>>) =>
    keep({ period, start, end, ...changes });
  const whole = period !== "custom" || (start !== "" && end !== "" && start <= end);
  const asked = period === "custom" ? { period, start, end } : { period };
  const found = useInfiniteQuery({
    queryKey: ["changes", asked],
    enabled: whole,
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/registration_changes", {
          params: { query: { ...asked, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
  });
  const days = found.data?.pages[0];
  return (
    <Stack>
      <Title order={1}>Alterações cadastrais</Title>
      <Group align="flex-end">
        <NativeSelect
          label="Período"
          value={period}
          onChange={(event) => change({ period: event.currentTarget.value as Period })}
          data={[
            { value: "current_month", label: "Este mês" },
            { value: "previous_month", label: "Mês anterior" },
            { value: "custom", label: "Outro período" },
          ]}
        />
        {period === "custom" && (
          <>
            <TextInput
              label="De"
              type="date"
              value={start}
              onChange={(event) => change({ start: event.currentTarget.value })}
            />
            <TextInput
              label="Até"
              type="date"
              value={end}
              onChange={(event) => change({ end: event.currentTarget.value })}
              error={start && end && end < start ? "Antes do primeiro dia" : undefined}
            />
          </>
        )}
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {!whole && <Text>Escolha o primeiro e o último dia.</Text>}
      {whole && (
        <>
          <Text size="sm">{days ? `De ${formatDay(days.start)} a ${formatDay(days.end)}` : "\u00a0"}</Text>
          <ReportFile
            name={JSON.stringify(asked)}
            key={JSON.stringify(asked)}
            make={(format, key) =>
              ask(
                api.POST("/api/v1/registration_changes/files", {
                  params: { header: { "Idempotency-Key": key } },
                  body: { report: { ...asked, format } },
                }),
              ).then((answer) => answer.file)
            }
          />
          <DataTable
            label="Alterações"
            columns={COLUMNS}
            rows={found.data?.pages.flatMap((page) => page.registration_changes)}
            failed={found.isError}
            rowId={(row) => row.id}
            empty="Nada mudou neste período."
          />
        </>
      )}
      <Older found={found} />
    </Stack>
  );
}

/** A value as people write it; one that is masked stays as the API tells it. */
function say(field: Field, value: string | null): string {
  if (value === null || value === "") return "vazio";
  if (field.field === "family_income_cents" && /^\d+$/.test(value)) return formatCents(Number(value));
  return value;
}
