import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Skeleton,
  Stack,
  Switch,
  Text,
} from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { useGoOn } from "../../app/routes";
import { useAct } from "../../ui/act";
import { useForm } from "../../ui/form";
import { ProblemNote } from "../../ui/ProblemNote";
import { BureauFields, filled, type Values } from "./BureauFields";
import { useBureaus, useIntegrations } from "./setup";
import { ENVIRONMENTS, PANELS, toChoices } from "./words";

type Draft = {
  provider: string;
  environment: string;
  panel: string;
  shared: string[];
  automatic: boolean;
  fields: Values;
};
const fresh = (): Draft => ({
  provider: "serasa",
  environment: "homologation",
  panel: "manager",
  shared: [],
  automatic: false,
  fields: {},
});
const SHARED = toChoices(PANELS).filter((each) => each.value !== "manager");

/** Links a branch to a bureau: to an integration that is there, or to one that is made now. */
export function NewIntegration({ branch }: { branch: string }) {
  const goOn = useGoOn();
  const queries = useQueryClient();
  const form = useForm<Draft>(`integration-${branch}`, fresh);
  const { filled: draft, change } = form;
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [existing, setExisting] = useState("");
  const { busy, problem, act } = useAct();
  const { called } = useBranches();
  const { bureaus, named, found } = useBureaus();
  const { integrations } = useIntegrations();
  const bureau = bureaus.find((each) => each.code === draft.provider);
  /** No draft holds them, but what is sent with others is another request. */
  const changeSecrets = (typed: Record<string, string>) => {
    setSecrets(typed);
    change({});
  };

  async function done(id: number) {
    form.clear();
    setSecrets({});
    await queries.invalidateQueries({ queryKey: ["branches"] });
    await queries.invalidateQueries({ queryKey: ["integrations"] });
    goOn("biros", "integracoes", String(id));
  }

  function create(key: string) {
    const bureau_integration = {
      provider: draft.provider as "serasa",
      branch_id: Number(branch),
      environment: draft.environment as "homologation",
      panel: draft.panel as "manager",
      shared_with: (draft.panel === "manager" ? draft.shared : []) as "broker"[],
      automatic: draft.automatic,
      fields: { ...filled(draft.fields), ...filled(secrets) },
    };
    const params = { header: { "Idempotency-Key": key } };
    return ask(api.POST("/api/v1/bureau_integrations", { params, body: { bureau_integration } }));
  }

  const join = () =>
    act("link", async () => {
      const params = { path: { branch_id: Number(branch) } };
      const body = { bureau_integration: { id: Number(existing) } };
      await ask(api.PUT("/api/v1/branches/{branch_id}/bureau_integration", { params, body }));
      await done(Number(existing));
    });

  if (found.isPending) return <Skeleton height={420} />;
  return (
    <Stack>
      <Text className="fits">Filial: {called(Number(branch))}</Text>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {integrations.length > 0 && (
        <Fieldset legend="Com uma integração que já existe">
          <Group align="flex-end">
            <NativeSelect
              label="Integração"
              data={[
                { value: "", label: "Escolha" },
                ...integrations.map((each) => ({
                  value: String(each.id),
                  label: `${named(each.provider)}, de ${called(each.branch_id)}`,
                })),
              ]}
              value={existing}
              onChange={(event) => setExisting(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={!existing}
              loading={busy === "link"}
              onClick={() => void join()}
            >
              Ligar a ela
            </Button>
          </Group>
          <ProblemNote problem={problem} />
        </Fieldset>
      )}
      <form
        onSubmit={(event) => form.submit(event, create, (made) => done(made.data.id))}
        aria-label="Nova integração"
      >
        <Fieldset legend="Com uma integração nova">
          <Stack>
            <SimpleGrid cols={{ base: 1, sm: 3 }}>
              <NativeSelect
                label="Birô"
                data={bureaus.map((each) => ({ value: each.code, label: each.name }))}
                value={draft.provider}
                onChange={(event) => {
                  change({ provider: event.currentTarget.value, fields: {} });
                  setSecrets({});
                }}
              />
              <NativeSelect
                label="Ambiente"
                data={toChoices(ENVIRONMENTS)}
                value={draft.environment}
                onChange={(event) => change({ environment: event.currentTarget.value })}
              />
              <NativeSelect
                label="De quem é a chave"
                data={toChoices(PANELS)}
                value={draft.panel}
                onChange={(event) => change({ panel: event.currentTarget.value })}
              />
            </SimpleGrid>
            {draft.panel === "manager" && (
              <Checkbox.Group
                label="Compartilhada com"
                value={draft.shared}
                onChange={(shared) => change({ shared })}
              >
                <Group mt="xs">
                  {SHARED.map((each) => (
                    <Checkbox key={each.value} value={each.value} label={each.label} />
                  ))}
                </Group>
              </Checkbox.Group>
            )}
            {bureau && (
              <BureauFields
                bureau={bureau}
                values={draft.fields}
                change={(fields) => change({ fields })}
                secrets={secrets}
                changeSecrets={changeSecrets}
              />
            )}
            <Switch
              label="Incluir/Remover automaticamente"
              checked={draft.automatic}
              onChange={(event) => change({ automatic: event.currentTarget.checked })}
            />
            <Text size="sm">
              Os segredos vão para um cofre e nunca são mostrados. Ao recarregar, só eles são preenchidos de
              novo.
            </Text>
            <ProblemNote problem={form.problem} />
            <Button type="submit" loading={form.busy !== ""} w="fit-content">
              Criar integração
            </Button>
          </Stack>
        </Fieldset>
      </form>
    </Stack>
  );
}
