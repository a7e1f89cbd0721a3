import {
  ActionIcon,
  Button,
  Checkbox,
  Fieldset,
  Group,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link, useGoOn } from "../../app/routes";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
import { CycleDrawing } from "./CycleDrawing";
import { type CycleRow, checkRule, MOST_CYCLES, type RuleDraft, toCycles } from "./cycles";

type Rule = components["schemas"]["RuleView"];
type Props = { name: string; fresh: () => RuleDraft; rule?: Rule };

const TEXTS = { name: "Nome", development: "Empreendimento", table: "Tabela de preços" } as const;

export function RuleEditor({ name, fresh, rule }: Props) {
  const goOn = useGoOn();
  const form = useForm(name, fresh, checkRule);
  const { filled: draft, change, told } = form;
  const queries = useQueryClient();
  const set = (place: number, changes: Partial<CycleRow>) =>
    change({ cycles: draft.cycles.map((each, other) => (other === place ? { ...each, ...changes } : each)) });
  const sent = () => ({
    name: draft.name,
    development: draft.development,
    price_table: draft.table,
    cycles: toCycles(draft),
    // What the editor does not show stays as it is.
    ...(rule?.checks ? { checks: rule.checks } : {}),
  });
  const keep = (key: string) =>
    rule
      ? ask(
          api.PUT("/api/v1/approval_rules/{approval_rule_id}", {
            params: { path: { approval_rule_id: rule.id } },
            body: { approval_rule: sent() },
          }),
        )
      : ask(
          api.POST("/api/v1/approval_rules", {
            params: { header: { "Idempotency-Key": key } },
            body: { approval_rule: sent() },
          }),
        );
  const done = async (kept: Awaited<ReturnType<typeof keep>>) => {
    await queries.invalidateQueries();
    goOn("alcadas", String(kept.approval_rule.id), "avaliar");
  };

  return (
    <form onSubmit={(event) => form.submit(event, keep, done)} noValidate aria-label="Alçada">
      <Stack>
        <Title order={1}>{rule ? `Alçada, versão ${rule.version + 1}` : "Nova alçada"}</Title>
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          {Object.entries(TEXTS).map(([field, label]) => (
            <TextInput
              key={field}
              label={label}
              required
              value={draft[field as keyof typeof TEXTS]}
              onChange={(event) => change({ [field]: event.currentTarget.value })}
              error={told(field)}
            />
          ))}
        </SimpleGrid>
        <Fieldset legend="Ciclos">
          <Stack>
            {draft.cycles.map((cycle, place) => (
              // Cycles have no name of their own: their place is what they are.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <Group key={place} align="flex-start" gap="xs" role="group" aria-label={`Ciclo ${place + 1}`}>
                <TextInput
                  label="Do mês"
                  inputMode="numeric"
                  w={80}
                  value={cycle.start}
                  onChange={(event) => set(place, { start: event.currentTarget.value.trim() })}
                  error={told(`start-${place}`)}
                />
                <TextInput
                  label="Ao mês"
                  inputMode="numeric"
                  w={80}
                  value={cycle.end}
                  onChange={(event) => set(place, { end: event.currentTarget.value.trim() })}
                  error={told(`end-${place}`)}
                />
                <TextInput
                  label="Mínimo %"
                  inputMode="decimal"
                  w={96}
                  value={cycle.least}
                  onChange={(event) => set(place, { least: event.currentTarget.value })}
                  error={told(`least-${place}`)}
                />
                <TextInput
                  label="Máximo %"
                  inputMode="decimal"
                  w={96}
                  value={cycle.most}
                  onChange={(event) => set(place, { most: event.currentTarget.value })}
                  error={told(`most-${place}`)}
                />
                <Checkbox
                  mt={32}
                  label="Acumulado"
                  checked={cycle.cumulative}
                  onChange={(event) => set(place, { cumulative: event.currentTarget.checked })}
                />
                {draft.cycles.length > 1 && (
                  <ActionIcon
                    mt={28}
                    variant="default"
                    aria-label={`Remover o ciclo ${place + 1}`}
                    onClick={() => change({ cycles: draft.cycles.filter((_, other) => other !== place) })}
                  >
                    ×
                  </ActionIcon>
                )}
              </Group>
            ))}
            <Button
              variant="default"
              w="fit-content"
              disabled={draft.cycles.length >= MOST_CYCLES}
              onClick={() => change({ cycles: [...draft.cycles, nextCycle(draft.cycles)] })}
            >
              Acrescentar ciclo
            </Button>
            <CycleDrawing cycles={draft.cycles} />
          </Stack>
        </Fieldset>
        {rule?.checks && <Text size="sm">As outras verificações desta alçada ficam como estão.</Text>}
        <FormEnd form={form} send="Guardar" back={link("alcadas")} />
      </Stack>
    </form>
  );
}

/** The next cycle starts in the month after the last one's end. */
function nextCycle(cycles: readonly CycleRow[]): CycleRow {
  const end = Number(cycles.at(-1)?.end || Number.NaN);
  return { start: Number.isNaN(end) ? "" : String(end + 1), end: "", least: "", most: "", cumulative: false };
}
