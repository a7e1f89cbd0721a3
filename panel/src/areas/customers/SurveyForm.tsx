import { Checkbox, Group, SimpleGrid, Stack, Switch, TextInput, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link, useGoOn } from "../../app/routes";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";

type Survey = components["schemas"]["SurveyView"];
type Trigger = Survey["triggers"][number];
type Draft = {
  name: string;
  question: string;
  lowest: string;
  highest: string;
  triggers: Trigger[];
  enabled: boolean;
};
type Props = { name: string; fresh: () => Draft; id?: number };

export const TRIGGERS: Record<Trigger, string> = {
  reservation: "Reserva",
  credit_proposal: "Proposta de crédito",
  registration_update: "Atualização cadastral",
  sale: "Venda",
  assignment: "Cessão",
  pre_registration: "Pré-cadastro",
  ticket: "Chamado",
};

export function freshSurvey(): Draft {
  const scale = { lowest: "0", highest: "10" };
  return { name: "", question: "", ...scale, triggers: [], enabled: true };
}

export function toDraft(survey: Survey): Draft {
  return {
    name: survey.name,
    question: survey.question,
    lowest: String(survey.lowest_score),
    highest: String(survey.highest_score),
    triggers: [...survey.triggers],
    enabled: survey.enabled,
  };
}

function check(draft: Draft): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const field of ["name", "question"] as const) {
    if (!draft[field].trim()) wrong[field] = "Preencha este campo";
  }
  for (const field of ["lowest", "highest"] as const) {
    if (!/^\d{1,3}$/.test(draft[field].trim())) wrong[field] = "Informe um número inteiro";
  }
  if (!wrong.highest && Number(draft.highest) <= Number(draft.lowest)) wrong.highest = "Deve passar da menor";
  if (draft.triggers.length === 0) wrong.triggers = "Escolha ao menos um";
  return wrong;
}

export function SurveyForm({ name, fresh, id }: Props) {
  const goOn = useGoOn();
  const form = useForm(name, fresh, check);
  const { filled: draft, change, told } = form;
  const queries = useQueryClient();
  const body = {
    survey: {
      name: draft.name.trim(),
      question: draft.question.trim(),
      lowest_score: Number(draft.lowest),
      highest_score: Number(draft.highest),
      triggers: draft.triggers,
      enabled: draft.enabled,
    },
  };
  const keep = (key: string) =>
    id === undefined
      ? ask(api.POST("/api/v1/surveys", { params: { header: { "Idempotency-Key": key } }, body }))
      : ask(api.PUT("/api/v1/surveys/{survey_id}", { params: { path: { survey_id: id } }, body }));
  const done = async (kept: Awaited<ReturnType<typeof keep>>) => {
    await queries.invalidateQueries();
    goOn("clientes", "pesquisas", String(kept.survey.id));
  };

  return (
    <form onSubmit={(event) => form.submit(event, keep, done)} noValidate aria-label="Pesquisa">
      <Stack>
        <Title order={1}>{id === undefined ? "Nova pesquisa" : "Alterar pesquisa"}</Title>
        <TextInput
          label="Nome"
          required
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={told("name")}
        />
        <TextInput
          label="Pergunta"
          required
          value={draft.question}
          onChange={(event) => change({ question: event.currentTarget.value })}
          error={told("question")}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label="Menor nota"
            inputMode="numeric"
            disabled={id !== undefined}
            value={draft.lowest}
            onChange={(event) => change({ lowest: event.currentTarget.value })}
            error={told("lowest")}
          />
          <TextInput
            label="Maior nota"
            inputMode="numeric"
            disabled={id !== undefined}
            value={draft.highest}
            onChange={(event) => change({ highest: event.currentTarget.value })}
            error={told("highest")}
          />
        </SimpleGrid>
        <Checkbox.Group
          label="Enviar depois de"
          value={draft.triggers}
          onChange={(triggers) => change({ triggers: triggers as Trigger[] })}
          error={told("triggers")}
        >
          <Group>
            {Object.entries(TRIGGERS).map(([value, label]) => (
              <Checkbox key={value} value={value} label={label} />
            ))}
          </Group>
        </Checkbox.Group>
        <Switch
          label="Ligada"
          checked={draft.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <FormEnd form={form} send="Guardar" back={link("clientes", "pesquisas")} />
      </Stack>
    </form>
  );
}
