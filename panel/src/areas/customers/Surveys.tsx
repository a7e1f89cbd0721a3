import { Anchor, Badge, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { ReportFile } from "./ReportFile";
import { freshSurvey, SurveyForm, TRIGGERS, toDraft } from "./SurveyForm";

type Survey = components["schemas"]["SurveyView"];
type Sent = components["schemas"]["SentSurveyList"]["sent_surveys"][number];

const COLUMNS: readonly Column<Survey>[] = [
  {
    id: "name",
    title: "Pesquisa",
    heading: true,
    cell: (row) => (
      <Anchor href={link("clientes", "pesquisas", String(row.id))} className="fits">
        {row.name}
      </Anchor>
    ),
  },
  { id: "question", title: "Pergunta", cell: (row) => <span className="fits">{row.question}</span> },
  { id: "enabled", title: "Situação", cell: (row) => (row.enabled ? "Ligada" : "Desligada") },
];
const SENT: readonly Column<Sent>[] = [
  { id: "protocol", title: "Protocolo", heading: true, cell: (row) => row.protocol },
  { id: "trigger", title: "Gatilho", cell: (row) => TRIGGERS[row.trigger] },
  { id: "to", title: "A quem", cell: (row) => sayRecipient(row) },
  { id: "at", title: "Enviada em", cell: (row) => formatMoment(row.sent_at) },
  { id: "score", title: "Nota", figures: true, cell: (row) => (row.answered_at ? row.score : "—") },
  { id: "text", title: "Comentário", cell: (row) => <span className="fits">{row.text ?? "—"}</span> },
];

export default function Surveys({ path, writes }: { path: readonly string[]; writes: boolean }) {
  const [place, act] = path;
  if (place === undefined) return <SurveyList writes={writes} />;
  if (place === "nova") return <SurveyForm name="survey-new" fresh={freshSurvey} />;
  return <OneSurvey id={Number(place)} edits={act === "editar"} writes={writes} key={path.join()} />;
}

function SurveyList({ writes }: { writes: boolean }) {
  const found = useInfiniteQuery({
    queryKey: ["surveys"],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["SurveyList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(api.GET("/api/v1/surveys", { params: { query: pageParam ? { cursor: Number(pageParam) } : {} } })),
  });
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Pesquisas</Title>
        {writes && (
          <Button component="a" href={link("clientes", "pesquisas", "nova")}>
            Nova pesquisa
          </Button>
        )}
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Pesquisas"
        columns={COLUMNS}
        rows={found.data?.pages.flatMap((page) => page.surveys)}
        failed={found.isError}
        rowId={(row) => String(row.id)}
        empty="Nenhuma pesquisa ainda."
      />
      <Older found={found} />
    </Stack>
  );
}

function OneSurvey({ id, edits, writes }: { id: number; edits: boolean; writes: boolean }) {
  const path = { survey_id: id };
  const found = useQuery({
    queryKey: ["survey", id],
    queryFn: () => ask(api.GET("/api/v1/surveys/{survey_id}", { params: { path } })),
  });
  const survey = found.data?.survey;
  if (!survey) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  if (edits) {
    return <SurveyForm name={`survey-${id}-${survey.updated_at}`} fresh={() => toDraft(survey)} id={id} />;
  }
  return (
    <Stack>
      <Anchor href={link("clientes", "pesquisas")}>Voltar às pesquisas</Anchor>
      <Group justify="space-between">
        <Title order={1} className="fits">
          {survey.name}
        </Title>
        {writes && (
          <Button component="a" href={link("clientes", "pesquisas", String(id), "editar")}>
            Alterar
          </Button>
        )}
      </Group>
      <Text className="fits">{survey.question}</Text>
      <Group>
        <Badge variant="outline">{survey.enabled ? "Ligada" : "Desligada"}</Badge>
        <Text size="sm">
          De {survey.lowest_score} a {survey.highest_score}, quando:{" "}
          {survey.triggers.map((each) => TRIGGERS[each]).join(", ")}
        </Text>
      </Group>
      <Result id={id} />
      <ReportFile
        name={`survey-${id}`}
        make={(format, key) =>
          ask(
            api.POST("/api/v1/surveys/{survey_id}/files", {
              params: { path, header: { "Idempotency-Key": key } },
              body: { report: { format } },
            }),
          ).then((answer) => answer.file)
        }
      />
      <SentSurveys id={id} />
    </Stack>
  );
}

function Result({ id }: { id: number }) {
  const found = useQuery({
    queryKey: ["survey-result", id],
    queryFn: () =>
      ask(api.GET("/api/v1/surveys/{survey_id}/result", { params: { path: { survey_id: id } } })),
  });
  const result = found.data?.survey_result;
  const most = Math.max(1, ...(result?.distribution ?? []).map((each) => each.count));
  return (
    <Stack component="section" aria-label="Resultado" gap="xs">
      <Title order={2} size="h3">
        Resultado
      </Title>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={96} />}
      {result && (
        <>
          <Text>
            {result.answered} de {result.sent} responderam
            {result.mean === null ? "." : `; média ${String(result.mean).replace(".", ",")}.`}
          </Text>
          {result.distribution.length > 0 && (
            <ul className="bars">
              {result.distribution.map((each) => (
                <li key={each.score}>
                  <span>Nota {each.score}</span>
                  <meter min={0} max={most} value={each.count} aria-label={`Nota ${each.score}`} />
                  <span className="figures">{each.count}</span>
                </li>
              ))}
            </ul>
          )}
          {result.triggers.map((each) => (
            <Text size="sm" key={each.trigger}>
              {TRIGGERS[each.trigger]}: {each.answered} de {each.sent}
              {each.mean === null ? "" : `, média ${String(each.mean).replace(".", ",")}`}
            </Text>
          ))}
        </>
      )}
    </Stack>
  );
}

function SentSurveys({ id }: { id: number }) {
  const found = useInfiniteQuery({
    queryKey: ["sent-surveys", id],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["SentSurveyList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/surveys/{survey_id}/sent", {
          params: { path: { survey_id: id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
  });
  return (
    <Stack component="section" aria-label="Enviadas" gap="xs">
      <Title order={2} size="h3">
        Enviadas
      </Title>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Pesquisas enviadas"
        columns={SENT}
        rows={found.data?.pages.flatMap((page) => page.sent_surveys)}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Nenhuma foi enviada ainda."
      />
      <Older found={found} />
    </Stack>
  );
}

function sayRecipient(row: Sent): string {
  return row.customer_id === null ? "Pessoa do portal" : `Cliente ${row.customer_id}`;
}
