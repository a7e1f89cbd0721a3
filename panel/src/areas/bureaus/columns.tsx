import { Anchor, Badge } from "@mantine/core";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import type { Column } from "../../ui/DataTable";
import { formatCents, formatMoment } from "../../ui/format";
import { useBureaus } from "./setup";
import { STATUSES } from "./words";

export type InquiryRow = components["schemas"]["InquiryRow"];

export function Standing({ status }: { status: string }) {
  const [word, color] = STATUSES[status] ?? [status, "gray"];
  return (
    <Badge variant="outline" color={color}>
      {word}
    </Badge>
  );
}

function BureauName({ code }: { code: string }) {
  const { named } = useBureaus();
  return named(code);
}

/** `null` is what the bureau did not say, which is no zero. */
export function sayNotes(summary: InquiryRow["summary"]): string {
  if (summary.notes === null) return "Não informado";
  if (summary.notes === 0) return "Nenhuma";
  return summary.notes_total === null
    ? String(summary.notes)
    : `${summary.notes}, ${formatCents(summary.notes_total)}`;
}

/** The API masks documents in lists. */
export const INQUIRY_COLUMNS: readonly Column<InquiryRow>[] = [
  {
    id: "document",
    title: "Documento",
    whole: true,
    cell: (row) => <Anchor href={link("biros", "consulta", row.id)}>{row.document}</Anchor>,
  },
  { id: "created_at", title: "Pedida em", whole: true, cell: (row) => formatMoment(row.created_at) },
  { id: "provider", title: "Birô", cell: (row) => <BureauName code={row.provider} /> },
  { id: "report", title: "Relatório", cell: (row) => <span className="fits">{row.report}</span> },
  { id: "status", title: "Situação", whole: true, cell: (row) => <Standing status={row.status} /> },
  { id: "score", title: "Escore", figures: true, cell: (row) => row.summary.score ?? "—" },
  { id: "notes", title: "Anotações", cell: (row) => sayNotes(row.summary) },
  { id: "cost", title: "Custo", figures: true, cell: (row) => formatCents(row.cost) },
  {
    id: "requested_by",
    title: "Solicitante",
    cell: (row) => <span className="fits">{row.requested_by}</span>,
  },
];
