import { Stack, Text } from "@mantine/core";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment, maskDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { FIELDS, SHOWN } from "./words";

type Disclosure = components["schemas"]["DisclosureView"];
const COLUMNS: readonly Column<Disclosure>[] = [
  { id: "at", title: "Quando", heading: true, whole: true, cell: (row) => formatMoment(row.at) },
  { id: "who", title: "Quem viu", cell: (row) => <span className="fits">{row.who}</span> },
  {
    id: "of",
    title: "De quem",
    cell: (row) => (
      <span className="fits">
        {SHOWN[row.kind] ?? row.kind} {row.kind === "lead" ? maskDocument(row.subject_id) : row.subject_id}
      </span>
    ),
  },
  { id: "field", title: "O quê", cell: (row) => FIELDS[row.field] ?? row.field },
];

/** Who had a masked field shown, never what it was. */
export function Disclosures() {
  const { found, rows } = usePages(
    ["disclosures"],
    (query) => ask(api.GET("/api/v1/disclosures", { params: { query } })),
    { anew: true },
  );
  return (
    <Stack>
      <Text size="sm">
        Cada dado pessoal que alguém pediu para ver em uma tela, pelo número da pessoa ou da chave. Fica cinco
        anos.
      </Text>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Quem viu"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Ninguém pediu para ver um dado mascarado."
      />
      <Older found={found} />
    </Stack>
  );
}
