import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { useForm } from "../../ui/form";
import { formatDay, formatDocument, formatMoment, readDocument } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { isDocument } from "./NewRequest";

type Access = components["schemas"]["AccessView"];
type Consulter = Access["consulters"][number];
const fresh = () => ({ document: "" });
const PURPOSES: Record<string, string> = {
  credit_analysis: "Análise de crédito",
  lead_qualification: "Qualificação de lead",
  default_prevention: "Prevenção de inadimplência",
  collection: "Cobrança",
};
const COLUMNS: readonly Column<Consulter>[] = [
  { id: "at", title: "Quando", heading: true, whole: true, cell: (row) => formatMoment(row.asked_at) },
  { id: "who", title: "Quem", cell: (row) => <span className="fits">{row.requested_by}</span> },
  { id: "company", title: "Em nome de", whole: true, cell: (row) => formatDocument(row.company_cnpj) },
  { id: "why", title: "Para quê", cell: (row) => PURPOSES[row.purpose] ?? row.purpose },
  { id: "basis", title: "Base legal", cell: (row) => <span className="fits">{row.legal_basis}</span> },
];

/** Who asked a bureau about a person in the last six months, which the person may know; that it was told is recorded. */
export function AccessReport() {
  const { name } = usePerson();
  const [told, setTold] = useState<Access | null>(null);
  const form = useForm("access-report", fresh);
  const { document } = form.filled;
  const ready = isDocument(document) && name !== "";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!ready) return;
    setTold(null);
    void form.send(
      (key) => {
        const params = { header: { "Idempotency-Key": key } };
        const body = { access_request: { document, requested_by: name } };
        return ask(api.POST("/api/v1/bureau_access_requests", { params, body }));
      },
      (answer) => setTold(answer.data),
    );
  }

  return (
    <Stack>
      <form onSubmit={submit} noValidate aria-label="Quem consultou">
        <Group align="flex-end">
          <TextInput
            label="CPF ou CNPJ do titular"
            value={formatDocument(document)}
            onChange={(event) =>
              form.change({ document: readDocument(event.currentTarget.value).slice(0, 14) })
            }
          />
          <Button type="submit" loading={form.busy !== ""} disabled={!ready}>
            Ver quem consultou
          </Button>
        </Group>
      </form>
      <Text size="sm">A resposta ao titular fica registrada, com quem respondeu.</Text>
      <ProblemNote problem={form.problem} />
      {told && (
        <Part title={`Consultas desde ${formatDay(told.consulters_since)}`}>
          <DataTable
            label="Quem consultou"
            columns={COLUMNS}
            rows={told.consulters}
            rowId={(row) => row.inquiry_id}
            empty="Ninguém consultou esta pessoa nos últimos seis meses."
          />
        </Part>
      )}
    </Stack>
  );
}
