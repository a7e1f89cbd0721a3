import {
  ActionIcon,
  Button,
  Checkbox,
  Fieldset,
  Group,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api, ask } from "../../api/client";
import { useGoOn } from "../../app/routes";
import { readStore } from "../../session/store";
import { FormEnd } from "../../ui/FormEnd";
import { useForm } from "../../ui/form";
import { formatCents, formatDocument, readDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { checkDraft, type Draft, freshDraft, toRequest } from "./form";
import { LeadFieldset, saveLead, useLead } from "./LeadFieldset";
import { ModelSearch } from "./ModelSearch";

const TEXTS = {
  value: { label: "Valor do veículo", placeholder: "85.000,00", inputMode: "decimal" },
  molicar: { label: "Código Molicar", placeholder: "02106163-7", inputMode: "text" },
  uf: { label: "UF do emplacamento", placeholder: "SP", inputMode: "text" },
  city: { label: "Cidade do emplacamento", placeholder: "São Paulo", inputMode: "text" },
  manufactureYear: { label: "Ano de fabricação", placeholder: "2025", inputMode: "numeric" },
  modelYear: { label: "Ano do modelo", placeholder: "2026", inputMode: "numeric" },
} as const;

export function NewSimulation() {
  const goOn = useGoOn();
  const form = useForm<Draft>("simulation", freshDraft, checkDraft);
  const { filled: draft, change, told } = form;
  const store = readStore() ?? 0;
  const banks = useQuery({
    queryKey: ["banks", store],
    queryFn: () =>
      ask(api.GET("/api/v1/stores/{store_id}/integrated_banks", { params: { path: { store_id: store } } })),
  });
  const usable = (banks.data?.banks ?? []).filter(
    (each) => each.bank_credential.active && each.bank_credential.status === "okay",
  );
  const chosen = draft.banks ?? usable.map((each) => each.code);
  const document = readDocument(draft.document);
  const lead = useLead(document, chosen);

  async function simulate(key: string) {
    const exists = await lead.look();
    try {
      await saveLead(document, draft.lead, exists, key);
    } finally {
      // It may be there now although nobody answered.
      if (!exists) lead.again();
    }
    const made = await ask(
      api.POST("/api/v1/banks_api/simulations", {
        params: { header: { "Idempotency-Key": key } },
        body: toRequest(draft, chosen),
      }),
    );
    return made.data.uuid;
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    // While banks are asked for, wrong fields are told all the same.
    if (chosen.length > 0 || Object.keys(form.wrong).length > 0)
      void form.send(simulate, (uuid) => goOn("simulacoes", uuid));
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Nova simulação">
      <Stack>
        <Title order={1}>Nova simulação</Title>
        <Fieldset legend="Cliente">
          <Stack>
            <TextInput
              label="CPF ou CNPJ"
              required
              maw={320}
              value={formatDocument(draft.document)}
              onChange={(event) =>
                change({ document: readDocument(event.currentTarget.value).slice(0, 14), lead: {} })
              }
              error={told("document")}
            />
            <LeadFieldset lead={lead} fields={draft.lead} change={(fields) => change({ lead: fields })} />
          </Stack>
        </Fieldset>
        <Fieldset legend="Veículo">
          <ModelSearch
            use={(model) =>
              change({
                molicar: model.molicar_code,
                // What was typed stays: the catalogue's price is a reference.
                value:
                  draft.value ||
                  (model.public_price_cents === null ? "" : formatCents(model.public_price_cents)),
              })
            }
          />
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {Object.entries(TEXTS).map(([name, field]) => (
              <TextInput
                key={name}
                required
                {...field}
                value={draft[name as keyof typeof TEXTS]}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
                error={told(name)}
              />
            ))}
          </SimpleGrid>
          <Switch
            mt="md"
            label="Zero quilômetro"
            checked={draft.zeroKm}
            onChange={(event) => change({ zeroKm: event.currentTarget.checked })}
          />
        </Fieldset>
        <Fieldset legend="Condições">
          <Stack>
            {draft.rows.map((row, place) => {
              const set = (changes: Partial<typeof row>) =>
                change({
                  rows: draft.rows.map((each, other) => (other === place ? { ...each, ...changes } : each)),
                });
              return (
                // Rows have no name of their own: their place is what they are.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <Group key={place} align="flex-start" wrap="nowrap">
                  <TextInput
                    label="Parcelas"
                    required
                    inputMode="numeric"
                    w={96}
                    value={row.installments}
                    onChange={(event) => set({ installments: event.currentTarget.value })}
                    error={told(`installments-${place}`)}
                  />
                  <TextInput
                    label="Entrada"
                    required
                    inputMode="decimal"
                    placeholder="5.000,00"
                    value={row.downPayment}
                    onChange={(event) => set({ downPayment: event.currentTarget.value })}
                    error={told(`downPayment-${place}`)}
                  />
                  {draft.rows.length > 1 && (
                    <ActionIcon
                      mt={28}
                      variant="default"
                      aria-label={`Remover a condição ${place + 1}`}
                      onClick={() => change({ rows: draft.rows.filter((_, other) => other !== place) })}
                    >
                      ×
                    </ActionIcon>
                  )}
                </Group>
              );
            })}
            <Button
              variant="default"
              w="fit-content"
              disabled={draft.rows.length >= 10}
              onClick={() => change({ rows: [...draft.rows, { installments: "", downPayment: "" }] })}
            >
              Acrescentar condição
            </Button>
            <Switch
              label="Acrescentar as condições que os bancos sugerem (entrada ideal e mínima)"
              checked={draft.suggestions}
              onChange={(event) => change({ suggestions: event.currentTarget.checked })}
            />
          </Stack>
        </Fieldset>
        <Fieldset legend="Bancos">
          {banks.isPending && <Skeleton height={64} />}
          <ProblemNote problem={banks.error} again={() => void banks.refetch()} />
          <Checkbox.Group value={chosen} onChange={(codes) => change({ banks: codes })}>
            <Group>
              {usable.map((each) => (
                <Checkbox key={each.code} value={each.code} label={each.name} />
              ))}
            </Group>
          </Checkbox.Group>
          {banks.isSuccess && chosen.length === 0 && <Text>Escolha ao menos um banco.</Text>}
        </Fieldset>
        <FormEnd form={form} send="Simular" undo="Limpar" />
      </Stack>
    </form>
  );
}
