import { Anchor, Button, Group, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { FilterBox, NONE_FITS, useFilter } from "../../ui/FilterBox";
import { formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { Writing } from "../../ui/Writing";
import { freshRule, toDraft } from "./cycles";
import { FlowEvaluation } from "./FlowEvaluation";
import { Queue } from "./Queue";
import { ReservationScreen } from "./ReservationScreen";
import { RuleEditor } from "./RuleEditor";

type Rule = components["schemas"]["RuleView"];

const textsOf = (row: Rule) => [row.name, row.development, row.price_table];
const COLUMNS: readonly Column<Rule>[] = [
  {
    id: "name",
    title: "Nome",
    cell: (row) => (
      <Anchor href={link("alcadas", String(row.id), "avaliar")} className="fits">
        {row.name}
      </Anchor>
    ),
  },
  {
    id: "development",
    title: "Empreendimento",
    cell: (row) => <span className="fits">{row.development}</span>,
  },
  { id: "table", title: "Tabela de preços", cell: (row) => <span className="fits">{row.price_table}</span> },
  { id: "cycles", title: "Ciclos", figures: true, cell: (row) => row.cycles.length },
  { id: "version", title: "Versão", cell: (row) => `${row.version}, de ${formatMoment(row.updated_at)}` },
];
const NOT_TO_WRITE = "Seu papel lê as alçadas e não as altera.";

export default function Approvals({ path }: { path: readonly string[] }) {
  const [place, act] = path;
  if (place === undefined) return <RuleList />;
  if (place === "fila") return <Queue />;
  if (place === "reservas") return <ReservationScreen id={Number(act)} key={act} />;
  if (place === "nova") {
    return (
      <Writing area="rules" otherwise={NOT_TO_WRITE}>
        <RuleEditor name="rule-new" fresh={freshRule} />
      </Writing>
    );
  }
  return <OneRule id={Number(place)} act={act} key={path.join()} />;
}

function RuleList() {
  const { found, rows } = usePages(["rules"], async ({ cursor }) => {
    const query = { per_page: 100, ...(cursor ? { cursor: Number(cursor) } : {}) };
    const page = await ask(api.GET("/api/v1/approval_rules", { params: { query } }));
    return { data: page.approval_rules, next_cursor: page.next_cursor };
  });
  const filter = useFilter(rows, textsOf);
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Alçadas</Title>
        <Group>
          <Button variant="default" component="a" href={link("alcadas", "fila")}>
            Fila de aprovação
          </Button>
          <Writing area="rules">
            <Button component="a" href={link("alcadas", "nova")}>
              Nova alçada
            </Button>
          </Writing>
        </Group>
      </Group>
      <FilterBox
        name="Filtrar por nome, empreendimento ou tabela"
        placeholder="Nome, empreendimento ou tabela"
        filter={filter}
        more={found.hasNextPage}
      />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Alçadas"
        columns={COLUMNS}
        rows={filter.kept}
        failed={found.isError}
        rowId={(row) => String(row.id)}
        empty={filter.all > 0 ? NONE_FITS : "Nenhuma alçada ainda."}
      />
      <Older found={found} />
    </Stack>
  );
}

function OneRule({ id, act }: { id: number; act: string | undefined }) {
  const found = useQuery({
    queryKey: ["rule", id],
    queryFn: () =>
      ask(
        api.GET("/api/v1/approval_rules/{approval_rule_id}", { params: { path: { approval_rule_id: id } } }),
      ),
  });
  const rule = found.data?.approval_rule;
  if (!rule) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  // A draft belongs to the version that it began with: another's changes are never written over unseen.
  if (act === "editar") {
    return (
      <Writing area="rules" otherwise={NOT_TO_WRITE}>
        <RuleEditor name={`rule-${rule.id}-${rule.version}`} fresh={() => toDraft(rule)} rule={rule} />
      </Writing>
    );
  }
  return <FlowEvaluation rule={rule} />;
}
