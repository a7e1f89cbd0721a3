import {
  Anchor,
  Button,
  Checkbox,
  Fieldset,
  Group,
  NumberInput,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useMemo, useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { useAct } from "../../ui/act";
import { type Column, DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { formatDocument, readDocument } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { useBureaus, useIntegrations } from "./setup";
import { BLOCKS, ENVIRONMENTS, PANELS, toChoices } from "./words";

type Branch = components["schemas"]["BranchView"];
const EMPTY = () => ({ name: "", cnpj: "", key: crypto.randomUUID() });

export function Integrations() {
  const { found, branches } = useBranches();
  const { found: integrationsFound, integrations } = useIntegrations();
  const { named } = useBureaus();
  const columns = useMemo((): readonly Column<Branch>[] => {
    const of = (row: Branch) => integrations.find((each) => each.id === row.bureau_integration_id);
    return [
      { id: "name", title: "Filial", heading: true, cell: (row) => <span className="fits">{row.name}</span> },
      { id: "cnpj", title: "CNPJ", figures: true, cell: (row) => formatDocument(row.cnpj) },
      {
        id: "integration",
        title: "Integração",
        cell: (row) => {
          const one = of(row);
          if (!one)
            return (
              <Anchor href={link("biros", "integracoes", "nova", String(row.id))}>Ligar a um birô</Anchor>
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
      <NewBranch />
      <Settings />
    </Stack>
  );
}

function NewBranch() {
  const queries = useQueryClient();
  const [form, keep, clear] = useDraft("branch", EMPTY);
  const { busy, problem, act } = useAct();

  function submit(event: FormEvent) {
    event.preventDefault();
    void act("create", async () => {
      const params = { header: { "Idempotency-Key": form.key } };
      await ask(
        api.POST("/api/v1/branches", { params, body: { branch: { name: form.name, cnpj: form.cnpj } } }),
      );
      clear();
      await queries.invalidateQueries({ queryKey: ["branches"] });
    });
  }

  return (
    <form onSubmit={submit} aria-label="Nova filial">
      <Fieldset legend="Nova filial">
        <Group align="flex-end">
          <TextInput
            label="Nome da filial"
            required
            value={form.name}
            onChange={(event) => keep({ ...form, name: event.currentTarget.value, key: crypto.randomUUID() })}
          />
          <TextInput
            label="CNPJ"
            required
            value={formatDocument(form.cnpj)}
            onChange={(event) =>
              keep({
                ...form,
                cnpj: readDocument(event.currentTarget.value).slice(0, 14),
                key: crypto.randomUUID(),
              })
            }
          />
          <Button type="submit" loading={busy !== ""}>
            Cadastrar filial
          </Button>
        </Group>
        <ProblemNote problem={problem} />
      </Fieldset>
    </form>
  );
}

function Settings() {
  const queries = useQueryClient();
  const { busy, problem, act } = useAct();
  const found = useQuery({
    queryKey: ["bureau-settings"],
    queryFn: () => ask(api.GET("/api/v1/bureau_settings")),
  });
  const kept = found.data?.data;
  const [form, setForm] = useState({ enabled: true, repeatDays: 0, panels: [] as string[] });
  useEffect(() => {
    if (kept) setForm({ enabled: kept.enabled, repeatDays: kept.repeat_days, panels: kept.force_panels });
  }, [kept]);

  const save = () =>
    act("save", async () => {
      const bureau_settings = {
        enabled: form.enabled,
        repeat_days: form.repeatDays,
        force_panels: form.panels as "manager"[],
      };
      await ask(api.PUT("/api/v1/bureau_settings", { body: { bureau_settings } }));
      await queries.invalidateQueries({ queryKey: ["bureau-settings"] });
    });

  return (
    <Part title="Regras das consultas">
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      <Switch
        label="Utilizar integração com análise de crédito"
        checked={form.enabled}
        onChange={(event) => setForm({ ...form, enabled: event.currentTarget.checked })}
      />
      <NumberInput
        label="Dias até o mesmo documento ser consultado de novo"
        description="0 sempre consulta, e paga"
        maw={360}
        min={0}
        allowDecimal={false}
        value={form.repeatDays}
        onChange={(value) => setForm({ ...form, repeatDays: Number(value) || 0 })}
      />
      <Checkbox.Group
        label="Quem pode consultar de novo antes disso"
        value={form.panels}
        onChange={(panels) => setForm({ ...form, panels })}
      >
        <Group mt="xs">
          {toChoices(PANELS).map((each) => (
            <Checkbox key={each.value} value={each.value} label={each.label} />
          ))}
        </Group>
      </Checkbox.Group>
      <Group>
        <Button onClick={() => void save()} loading={busy !== ""} disabled={!kept} w="fit-content">
          Guardar regras
        </Button>
        {kept?.updated_at && <Text size="sm">Valem para o parceiro inteiro.</Text>}
      </Group>
    </Part>
  );
}
