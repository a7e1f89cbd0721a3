import { Anchor, Badge } from "@mantine/core";
import { link } from "../../app/routes";
import type { Column } from "../../ui/DataTable";
import { formatCents, formatDay } from "../../ui/format";
import { CONCERNS, isListed, type Listing, ORIGINS, STATUSES, sayTruth } from "./words";

export function Standing({ listing }: { listing: Listing }) {
  return (
    <Badge variant="outline" color={isListed(listing) ? "red" : "gray"}>
      {STATUSES[listing.status] ?? listing.status}
    </Badge>
  );
}

export const LISTING_COLUMNS: readonly Column<Listing>[] = [
  {
    id: "contract",
    title: "Contrato",
    cell: (row) => (
      <Anchor href={link("negativacoes", "registros", row.id)} className="fits">
        {row.contract_number}
      </Anchor>
    ),
  },
  { id: "amount", title: "Dívida", figures: true, cell: (row) => formatCents(row.amount_cents) },
  { id: "due", title: "Vencida em", whole: true, cell: (row) => formatDay(row.due_on) },
  { id: "status", title: "O que foi feito", whole: true, cell: (row) => <Standing listing={row} /> },
  { id: "truth", title: "O que vale", cell: sayTruth },
  { id: "origin", title: "Origem", cell: (row) => ORIGINS[row.origin] ?? row.origin },
  {
    id: "concerns",
    title: "Crítica",
    cell: (row) =>
      row.critical ? (
        <span className="minimum">
          {row.concerns.map((each) => CONCERNS[each] ?? each).join("; ") || "Sim"}
        </span>
      ) : (
        "—"
      ),
  },
];
