import { Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { Fact } from "../../ui/Fact";
import { formatCents, formatDay, maskDocument } from "../../ui/format";
import { Masked } from "../../ui/Masked";
import { MASK, maskPhone } from "../../ui/masks";
import { Part } from "../../ui/Part";
import { Extras } from "./Extras";
import { NoteTable } from "./NoteTable";
import { ScoreGauge } from "./ScoreGauge";

type Report = components["schemas"]["ReportView"];
type Partner = components["schemas"]["ReportPartner"];
type Earlier = components["schemas"]["ReportPreviousInquiry"];

/** Of addresses only the places are shown. */
function sayPlaces(identity: Report["identity"]): string {
  const places = identity.addresses.map(
    (each) => `${each.city ?? "sem cidade"} (${each.federal_unit ?? "—"})`,
  );
  return `${MASK}, ${[...new Set(places)].join(", ")}`;
}

const day = (iso: string | null) => (iso ? formatDay(iso) : "—");
const PARTNERS: readonly Column<Partner>[] = [
  { id: "name", title: "Nome", heading: true, cell: (row) => row.name ?? "—" },
  {
    id: "document",
    title: "Documento",
    figures: true,
    cell: (row) => (row.document ? maskDocument(row.document) : "—"),
  },
  {
    id: "share",
    title: "Participação",
    figures: true,
    cell: (row) => (row.share ? `${row.share.replace(".", ",")} %` : "—"),
  },
  { id: "role", title: "Função", cell: (row) => row.role ?? "—" },
  { id: "since", title: "Desde", cell: (row) => day(row.since) },
  {
    id: "negative",
    title: "Anotações",
    cell: (row) => (row.has_negative === null ? "Não informado" : row.has_negative ? "Tem" : "Não tem"),
  },
];
const EARLIER: readonly Column<Earlier>[] = [
  { id: "on", title: "Dia", cell: (row) => day(row.occurred_on) },
  { id: "name", title: "Quem", heading: true, cell: (row) => row.name ?? "—" },
  { id: "segment", title: "Segmento", cell: (row) => row.segment ?? "—" },
  { id: "times", title: "Vezes", figures: true, cell: (row) => row.times ?? "—" },
];

/** What a bureau answered, as a sheet to be read. What it did not say is told as such: it is no zero. */
export function ReportSheet({ report, id }: { report: Report; id: string }) {
  const { identity, score } = report;
  const shared = { kind: "bureau_inquiry" as const, id };
  const others = [report.protests, report.cheques, report.lawsuits, report.bankruptcies].filter(
    (each) => each !== null,
  );
  const notes = [...report.negative_notes, ...others];
  const counted = notes.reduce((sum, each) => sum + each.count, 0);
  const totals = notes.map((each) => each.total).filter((each) => each !== null);
  return (
    <Stack>
      <Part title="Escore">
        <Group align="center">
          {score ? (
            <>
              <ScoreGauge score={score} />
              <Stack gap={4} className="fits">
                {score.band && <Text>Faixa: {score.band}</Text>}
                {score.default_rate && (
                  <Text>Probabilidade de inadimplência: {score.default_rate.replace(".", ",")} %</Text>
                )}
                {score.message && <Text>{score.message}</Text>}
                {score.model && <Text size="sm">Modelo {score.model}</Text>}
              </Stack>
            </>
          ) : (
            <Text>
              Sem escore{report.score_absence ? `: ${report.score_absence}` : " neste relatório"}. Isto não é
              zero.
            </Text>
          )}
        </Group>
      </Part>
      <Part title="Anotações">
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Fact name="Quantas">{notes.length === 0 ? "Não consultadas" : counted}</Fact>
          <Fact name="Total informado">
            {totals.length === 0 ? "—" : formatCents(totals.reduce((sum, each) => sum + each, 0))}
          </Fact>
          <Fact name="Tipos procurados">{notes.length}</Fact>
          <Fact name="Tipos com anotação">{notes.filter((each) => each.count > 0).length}</Fact>
        </SimpleGrid>
        <NoteTable notes={notes} />
      </Part>
      <Part title="Identificação">
        <SimpleGrid cols={{ base: 2, sm: 4 }}>
          <Fact name="Nome">{identity.name ?? "—"}</Fact>
          <Fact name="Documento">{maskDocument(identity.document)}</Fact>
          {identity.trade_name && <Fact name="Nome fantasia">{identity.trade_name}</Fact>}
          <Fact name="Situação na Receita">
            {identity.status ?? "—"}
            {identity.status_date ? `, em ${formatDay(identity.status_date)}` : ""}
          </Fact>
          {identity.foundation_date && <Fact name="Fundação">{formatDay(identity.foundation_date)}</Fact>}
          {identity.birth_date && (
            <Fact name="Nascimento">
              <Masked {...shared} field="birth_date" name="o nascimento" masked={MASK} format={formatDay} />
            </Fact>
          )}
          {identity.mother_name && (
            <Fact name="Nome da mãe">
              <Masked {...shared} field="mother_name" name="o nome da mãe" masked={MASK} />
            </Fact>
          )}
          {identity.addresses.length > 0 && (
            <Fact
              name={identity.addresses.length === 1 ? "Endereço" : `${identity.addresses.length} endereços`}
            >
              <Masked {...shared} field="addresses" name="os endereços" masked={sayPlaces(identity)} />
            </Fact>
          )}
          {identity.phones.length > 0 && (
            <Fact name="Telefones">
              <Masked
                {...shared}
                field="phones"
                name="os telefones"
                masked={identity.phones.map(maskPhone).join(", ")}
              />
            </Fact>
          )}
        </SimpleGrid>
      </Part>
      {report.partners && (
        <Part title="Sócios e participações">
          <DataTable
            label="Tabela: sócios"
            columns={PARTNERS}
            rows={report.partners}
            rowId={(row) => `${row.document}-${row.name}-${row.role}`}
            empty="Nenhum."
          />
        </Part>
      )}
      {report.previous_inquiries && (
        <Part title={`Consultas de outros: ${report.previous_inquiries.count}`}>
          <DataTable
            label="Tabela: consultas de outros"
            columns={EARLIER}
            rows={report.previous_inquiries.items}
            rowId={(row) => `${row.occurred_on}-${row.name}-${row.segment}`}
            empty="O birô não listou quais."
          />
        </Part>
      )}
      {Object.keys(report.extras).length > 0 && (
        <details>
          <summary>O que mais o birô disse</summary>
          <Extras value={report.extras} />
        </details>
      )}
    </Stack>
  );
}
