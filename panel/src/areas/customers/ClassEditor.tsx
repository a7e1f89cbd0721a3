import { Button, Fieldset, Group, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { components } from "../../api/schema";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { ConditionEditor } from "./ConditionEditor";
import { useDomains } from "./domains";
import { type ClassRow, checkClasses, freshPart, sayPart, toCondition, toPart, type Wrong } from "./trees";

type Classes = components["schemas"]["CustomerClassesView"];

const MOST_CLASSES = 30;
const EVERY_MS = 10_000;

export default function ClassEditor({ writes }: { writes: boolean }) {
  const found = useQuery({
    queryKey: ["classes"],
    // While customers are evaluated anew, how far that is.
    refetchInterval: (query) =>
      query.state.data?.customer_classes.reevaluation?.finished_at === null ? EVERY_MS : false,
    queryFn: () => ask(api.GET("/api/v1/customer_classes", {})),
  });
  const classes = found.data?.customer_classes;
  return (
    <Stack>
      <Title order={1}>Classes de clientes</Title>
      <Text>Vale a primeira classe cuja condição o cliente atende, de cima para baixo.</Text>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={320} />}
      {classes && (
        <>
          <Standing classes={classes} />
          {writes ? <Editor classes={classes} key={classes.version} /> : <Reading classes={classes} />}
        </>
      )}
    </Stack>
  );
}

function Standing({ classes }: { classes: Classes }) {
  const { reevaluation, version, updated_at } = classes;
  return (
    <Text size="sm" role="status">
      {version === 0 ? "Nenhuma classe foi definida ainda." : `Versão ${version}`}
      {updated_at ? `, de ${formatMoment(updated_at)}.` : ""}
      {reevaluation &&
        (reevaluation.finished_at
          ? ` Todos os clientes foram avaliados até ${formatMoment(reevaluation.finished_at)}.`
          : ` Avaliando os clientes de novo: ${reevaluation.customers_evaluated} até agora.`)}
    </Text>
  );
}

function useSaying() {
  const domains = useDomains();
  return (row: ClassRow) =>
    sayPart(row.condition, (list, id) => domains(list).find((each) => each.value === id)?.label ?? id);
}

function toRows(classes: Classes): ClassRow[] {
  return classes.classes.map((each) => ({ id: each.id, name: each.name, condition: toPart(each.condition) }));
}

function Reading({ classes }: { classes: Classes }) {
  const say = useSaying();
  return (
    <ol>
      {toRows(classes).map((row) => (
        <li key={row.id} className="fits">
          <b>{row.name}</b>: {say(row)}
        </li>
      ))}
    </ol>
  );
}

function Editor({ classes }: { classes: Classes }) {
  // A draft belongs to the version that it began with: another's changes are never written over unseen.
  const form = useForm(
    `classes-${classes.version}`,
    () => ({ rows: toRows(classes) }),
    ({ rows }) => checkClasses(rows),
  );
  const { rows } = form.filled;
  const keep = (changed: ClassRow[]) => form.change({ rows: changed });
  const queries = useQueryClient();
  const domains = useDomains();
  const say = useSaying();
  const told: Wrong = form.shown ? { ...wrongOf(form.problem), ...form.wrong } : {};
  const set = (place: number, changes: Partial<ClassRow>) =>
    keep(rows.map((row, other) => (other === place ? { ...row, ...changes } : row)));
  const move = (place: number, by: number) => {
    const next = [...rows];
    const [row] = next.splice(place, 1);
    if (row) next.splice(place + by, 0, row);
    keep(next);
  };

  const put = () => {
    const sent = rows.map((row) => ({
      ...(row.id === null ? {} : { id: row.id }),
      name: row.name.trim(),
      condition: toCondition(row.condition),
    }));
    const body = { customer_classes: { classes: sent as never } };
    return ask(api.PUT("/api/v1/customer_classes", { body }));
  };
  const done = () => queries.invalidateQueries({ queryKey: ["classes"] });

  return (
    <form onSubmit={(event) => form.submit(event, put, done)} noValidate aria-label="Classes">
      <Stack>
        {rows.map((row, place) => (
          // A new class has no number yet: its place is what it is.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Fieldset key={place} legend={`Classe ${place + 1}`}>
            <Stack gap="xs">
              <Group align="flex-end">
                <TextInput
                  label="Nome"
                  required
                  maxLength={60}
                  value={row.name}
                  onChange={(event) => set(place, { name: event.currentTarget.value })}
                  error={told[`classes.${place}.name`]}
                />
                <Button
                  variant="default"
                  disabled={place === 0}
                  aria-label={`Subir a classe ${place + 1}`}
                  onClick={() => move(place, -1)}
                >
                  ↑
                </Button>
                <Button
                  variant="default"
                  disabled={place === rows.length - 1}
                  aria-label={`Descer a classe ${place + 1}`}
                  onClick={() => move(place, 1)}
                >
                  ↓
                </Button>
                <Button
                  variant="default"
                  aria-label={`Remover a classe ${place + 1}`}
                  onClick={() => keep(rows.filter((_, other) => other !== place))}
                >
                  Remover
                </Button>
              </Group>
              <Text size="sm" className="fits">
                {say(row)}
              </Text>
              <ConditionEditor
                part={row.condition}
                place={`classes.${place}.condition`}
                name="Condição"
                level={1}
                wrong={told}
                domains={domains}
                change={(condition) => set(place, { condition })}
              />
            </Stack>
          </Fieldset>
        ))}
        <Button
          variant="default"
          w="fit-content"
          disabled={rows.length >= MOST_CLASSES}
          onClick={() => keep([...rows, { id: null, name: "", condition: freshPart() }])}
        >
          Acrescentar classe
        </Button>
        <FormEnd form={form} send="Guardar" />
      </Stack>
    </form>
  );
}

/** What the API found wrong, by its place among the classes. */
function wrongOf(problem: unknown): Wrong {
  const wrong: Wrong = {};
  if (!(problem instanceof Problem)) return wrong;
  for (const each of problem.fields) {
    wrong[
      each.field.replace(/^customer_classes\./, "").replace(/\.(known|field|at_least|at_most|among|is)$/, "")
    ] = each.message;
  }
  return wrong;
}
