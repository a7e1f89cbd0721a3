import {
  Anchor,
  Button,
  Checkbox,
  Fieldset,
  Group,
  NumberInput,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { useForm } from "../../ui/form";
import { formatDocument, readDocument } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { useMayWrite, Writing } from "../../ui/Writing";
import { useBureaus, useIntegrations } from "./setup";
import { BLOCKS, ENVIRONMENTS, PANELS, toChoices } from "./words";

type Branch = components["schemas"]["BranchView"];
const EMPTY = () => ({ name: "", cnpj: "" });

export function Integrations() {
  const { found, branches } = useBranches();
  const { found: integrationsFound, integrations } = useIntegrations();
  const { named } = useBureaus();
  const columns = useMemo((): readonly Column<Branch>[] => {
    const of = (row: Branch) => integrations.find((each) => each.id === row.bureau_integration_id);
    return [
      {
        id: "name",
        title: "Filial",
        heading: true,
        cell: (row) => (
          <Anchor href={link("biros", "integracoes", "filial", String(row.id))} className="fits">
            {row.name}
          </Anchor>
        ),
      },
      { id: "cnpj", title: "CNPJ", figures: true, cell: (row) => formatDocument(row.cnpj) },
      {
        id: "integration",
        title: "Integração",
        cell: (row) => {
          const one = of(row);
          if (!one)
            return (
              <Writing area="bureau_setup" otherwise="Nenhuma">
                <Anchor href={link("biros", "integracoes", "nova", String(row.id))}>Ligar a um birô</Anchor>
              </Writing>
            );
          return (
            <Anchor href={link("biros", "integracoes", String(one.id))}>
              {named(one.provider)}, {ENVIRONMENTS[one.environment] ?? one.environment}
            </Anchor>
          );
        },
      },
      {
        id: "automatic",
        title: "Negativação automática",
        cell: (row) => {
          const one = of(row);
          if (!one) return "—";
          const why = one.automatic.blocked_by;
          return why === null ? "Ligada" : <span className="fits">Não: {BLOCKS[why] ?? why}</span>;
        },
      },
    ];
  }, [integrations, named]);

  return (
    <Stack>
      <ProblemNote problem={found.error ?? integrationsFound.error} again={() => void found.refetch()} />
      <DataTable
        label="Filiais e integrações"
        columns={columns}
        rows={found.data && integrationsFound.data ? branches : undefined}
        failed={found.isError || integrationsFound.isError}
        rowId={(row) => String(row.id)}
        empty="Nenhuma filial ainda: cadastre a primeira."
      />
      <Writing area="bureau_setup">
        <NewBranch />
      </Writing>
      <Settings />
    </Stack>
  );
}

function NewBranch() {
  const queries = useQueryClient();
  const form = useForm("branch", EMPTY);
  const { name, cnpj } = form.filled;
  const create = (key: string) =>
    ask(
      api.POST("/api/v1/branches", {
        params: { header: { "Idempotency-Key": key } },
        body: { branch: { name, cnpj } },
      }),
    );
  const done = () => queries.invalidateQueries({ queryKey: ["branches"] });

  return (
    <form onSubmit={(event) => form.submit(event, create, done)} aria-label="Nova filial">
      <Fieldset legend="Nova filial">
        <Group align="flex-end">
          <TextInput
            label="Nome da filial"
            required
            value={name}
            onChange={(event) => form.change({ name: event.currentTarget.value })}
          />
          <TextInput
            label="CNPJ"
            required
            value={formatDocument(cnpj)}
            onChange={(event) => form.change({ cnpj: readDocument(event.currentTarget.value).slice(0, 14) })}
          />
          <Button type="submit" loading={form.busy !== ""}>
            Cadastrar filial
          </Button>
        </Group>
        <ProblemNote problem={form.problem} />
      </Fieldset>
    </form>
  );
}

function Settings() {
  const found = useQuery({
    queryKey: ["bureau-settings"],
    queryFn: () => ask(api.GET("/api/v1/bureau_settings")),
  });
  const kept = found.data?.data;
  return (
    <Part title="Regras das consultas">
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={220} />}
      {kept && <SettingsForm kept={kept} key={kept.updated_at} />}
    </Part>
  );
}

function SettingsForm({ kept }: { kept: components["schemas"]["SettingsView"] }) {
  const queries = useQueryClient();
  // A draft belongs to the version that it began with: another's changes are never written over unseen.
  const form = useForm(`bureau-settings-${kept.updated_at}`, () => ({
    enabled: kept.enabled,
    repeatDays: kept.repeat_days,
    panels: kept.force_panels as string[],
  }));
  const { enabled, repeatDays, panels } = form.filled;
  const may = useMayWrite("bureau_setup");
  const save = () =>
    form.send(
      () => {
        const bureau_settings = {
          enabled,
          repeat_days: repeatDays,
          force_panels: panels as "manager"[],
        };
        return ask(api.PUT("/api/v1/bureau_settings", { body: { bureau_settings } }));
      },
      () => queries.invalidateQueries({ queryKey: ["bureau-settings"] }),
    );

  return (
    <Fieldset variant="unstyled" disabled={!may}>
      <Stack>
        <Switch
          label="Utilizar integração com análise de crédito"
          checked={enabled}
          onChange={(event) => form.change({ enabled: event.currentTarget.checked })}
        />
        <NumberInput
          label="Dias até o mesmo documento ser consultado de novo"
          description="0 sempre consulta, e paga"
          maw={360}
          min={0}
          allowDecimal={false}
          value={repeatDays}
          onChange={(value) => form.change({ repeatDays: Number(value) || 0 })}
        />
        <Checkbox.Group
          label="Quem pode consultar de novo antes disso"
          value={panels}
          onChange={(panels) => form.change({ panels })}
        >
          <Group mt="xs">
            {toChoices(PANELS).map((each) => (
              <Checkbox key={each.value} value={each.value} label={each.label} />
            ))}
          </Group>
        </Checkbox.Group>
        <ProblemNote problem={form.problem} />
        <Group>
          <Writing area="bureau_setup">
            <Button onClick={() => void save()} loading={form.busy !== ""} w="fit-content">
              Guardar regras
            </Button>
          </Writing>
          {kept.updated_at && <Text size="sm">Valem para o parceiro inteiro.</Text>}
        </Group>
      </Stack>
    </Fieldset>
  );
}
