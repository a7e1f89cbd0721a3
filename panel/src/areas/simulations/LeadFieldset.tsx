import { Button, NativeSelect, SimpleGrid, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../../api/client";
import { Problem } from "../../api/problem";
import { ProblemNote } from "../../ui/ProblemNote";
import { knownFields, LEAD_LABELS, type LeadFields, toLead, wantedFields } from "./form";

export type Lead = {
  exists: boolean;
  loading: boolean;
  problem: unknown;
  again: () => void;
  /** Whether there is one, once that is known. */
  look: () => Promise<boolean>;
  known: LeadFields;
  wanted: Map<string, string[]>;
};

/** A person of whom nothing is kept yet is asked for what every lead has. */
const OF_NEW_LEADS = ["name", "birthdate", "phone_number", "has_cnh"];

/** What is kept of a lead, and what the chosen banks want to know of it. */
export function useLead(document: string, banks: readonly string[]): Lead {
  const whole = document.length === 11 || document.length === 14;
  const found = useQuery({
    queryKey: ["lead", document, banks.join()],
    enabled: whole && banks.length > 0,
    queryFn: async () => {
      try {
        const query = { bank_codes: [...banks] };
        const path = { cpf_cnpj: document };
        const { data } = await ask(
          api.GET("/api/v1/banks_api/leads/{cpf_cnpj}/required_fields", { params: { path, query } }),
        );
        return data;
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    retry: false,
  });
  const exists = Boolean(found.data);
  return {
    exists,
    loading: found.isLoading,
    problem: found.error,
    again: () => void found.refetch(),
    look: async () => Boolean((found.isLoading ? await found.refetch() : found).data),
    known: knownFields(found.data?.lead),
    wanted: found.data
      ? wantedFields(found.data.requirements)
      : new Map(found.isSuccess ? OF_NEW_LEADS.map((name) => [name, []] as const) : []),
  };
}

/** Keep what was typed of a lead. Throws `Problem`, and for an income that can be read in two ways. */
export async function saveLead(
  document: string,
  fields: LeadFields,
  exists: boolean,
  key: string,
): Promise<void> {
  const lead = toLead(fields);
  if (lead === null) {
    const wrong = { field: "monthly_income", rule: "amount", message: "Escreva a renda como 6.500,00." };
    throw new Problem(
      422,
      "invalid_input",
      "A renda pode ser lida de duas maneiras.",
      [wrong],
      "",
      "Corrija o campo e envie de novo.",
    );
  }
  if (exists && Object.keys(lead).length === 0) return;
  if (exists) {
    const params = { path: { cpf_cnpj: document } };
    await ask(api.PATCH("/api/v1/banks_api/leads/{cpf_cnpj}", { params, body: { lead } }));
  } else {
    const params = { header: { "Idempotency-Key": `${key}-lead` } };
    await ask(
      api.POST("/api/v1/banks_api/leads", { params, body: { lead: { ...lead, cpf_cnpj: document } } }),
    );
  }
}

export function LeadFieldset({
  lead,
  fields,
  change,
}: {
  lead: Lead;
  fields: LeadFields;
  change: (fields: LeadFields) => void;
}) {
  const domains = useQuery({
    queryKey: ["domains"],
    enabled: [...lead.wanted.keys()].some((name) => name.startsWith("retrieve_")),
    staleTime: 3_600_000,
    queryFn: () => ask(api.GET("/api/v1/banks_api/domains", {})),
  });
  const lists = (
    domains.data as { data?: Record<string, { credere_identifier: string; label: string }[]> } | undefined
  )?.data;
  if (lead.loading) return <Skeleton height={72} />;
  if (lead.problem) return <ProblemNote problem={lead.problem} again={lead.again} />;
  if (lead.wanted.size === 0) return lead.exists ? <Text>{lead.known.name}</Text> : null;
  return (
    <Stack>
      <Text size="sm">
        {lead.exists
          ? "O que os bancos escolhidos querem saber deste cliente."
          : "Cliente novo: preencha o que souber; os bancos dirão o que falta."}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        {[...lead.wanted].map(([name, banks]) => {
          const own = {
            label: LEAD_LABELS[name] ?? name,
            description:
              banks.length > 0
                ? `Pedido por ${banks.length} ${banks.length === 1 ? "banco" : "bancos"}`
                : undefined,
            value: fields[name] ?? lead.known[name] ?? "",
          };
          const set = (value: string) => change({ ...fields, [name]: value });
          const choices = choicesOf(name, lists);
          return choices ? (
            <NativeSelect
              key={name}
              {...own}
              data={choices}
              onChange={(event) => set(event.currentTarget.value)}
            />
          ) : (
            <TextInput
              key={name}
              {...own}
              type={name === "birthdate" ? "date" : "text"}
              onChange={(event) => set(event.currentTarget.value)}
            />
          );
        })}
      </SimpleGrid>
      {lead.exists && Object.keys(fields).length > 0 && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => change({})}>
          Desfazer alterações do cliente
        </Button>
      )}
    </Stack>
  );
}

function choicesOf(
  name: string,
  lists: Record<string, { credere_identifier: string; label: string }[]> | undefined,
) {
  if (name === "has_cnh")
    return [
      { value: "", label: "" },
      { value: "true", label: "Sim" },
      { value: "false", label: "Não" },
    ];
  if (!name.startsWith("retrieve_")) return null;
  const list = lists?.[`${name.slice("retrieve_".length)}s`] ?? [];
  return [
    { value: "", label: "" },
    ...list.map((each) => ({ value: each.credere_identifier, label: each.label })),
  ];
}
