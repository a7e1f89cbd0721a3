import {
  Button,
  Fieldset,
  Group,
  NativeSelect,
  Skeleton,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useBranches } from "../../api/branches";
import { api, ask, orNone } from "../../api/client";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { type Column, DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { useForm } from "../../ui/form";
import { formatCents, formatDay, readCents } from "../../ui/format";
import { Older } from "../../ui/Older";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { STATES } from "../../ui/states";
import { useMayWrite, Writing } from "../../ui/Writing";
import { checkForm, freshForm, type Step, toForm, toRequest } from "./parameters";
import { ACTIONS, EXCLUSIONS, sayCounts } from "./words";

type Run = components["schemas"]["RunView"];
const RUNS: Record<string, string> = { running: "Em andamento", finished: "Terminada", blocked: "Impedida" };

const NONE = () => "";

/** What each branch does with boletos that are not paid, and what its days of collection did. */
export function Collection() {
  const { found, branches, choices } = useBranches();
  const [chosen, choose] = useDraft("collection-branch", NONE);
  // One that was removed meanwhile is chosen no more.
  const known = branches.find((each) => String(each.id) === chosen) ?? branches[0];
  const branch = String(known?.id ?? "");
  return (
    <Stack>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <NativeSelect
        label="Filial"
        maw={360}
        data={choices}
        value={branch}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {branch && <Parameters branch={Number(branch)} key={`parameters-${branch}`} />}
      {branch && <Approving branch={Number(branch)} key={`approving-${branch}`} />}
      {branch && <Runs branch={Number(branch)} />}
    </Stack>
  );
}

function Parameters({ branch }: { branch: number }) {
  const path = { branch_id: branch };
  const found = useQuery({
    queryKey: ["collection", branch],
    refetchOnWindowFocus: false,
    queryFn: () =>
      orNone(ask(api.GET("/api/v1/collection_parameters/{branch_id}", { params: { path } })), 404),
  });
  const [said, setSaid] = useState("");
  const kept = found.data?.data;
  const saved = () => {
    setSaid("Guardado.");
    return found.refetch();
  };
  return (
    <Part title="Parâmetros da cobrança">
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={420} />}
      {found.data === null && <Text>Esta filial ainda não tem cobrança.</Text>}
      {found.data !== undefined && (
        <ParametersForm branch={branch} kept={kept} saved={saved} key={kept?.updated_at} />
      )}
      <Text size="sm" role="status">
        {said}
      </Text>
    </Part>
  );
}

type Kept = components["schemas"]["ParametersView"] | undefined;

function ParametersForm({ branch, kept, saved }: { branch: number; kept: Kept; saved: () => unknown }) {
  // A draft belongs to the version that it began with: another's changes are never written over unseen.
  const { filled, change, send, busy, problem } = useForm(
    `collection-${branch}-${kept?.updated_at ?? ""}`,
    () => (kept ? toForm(kept) : freshForm()),
  );
  const may = useMayWrite("listing_setup");
  const wrong = checkForm(filled);
  const step = (place: number, changes: Partial<Step>) =>
    change({
      steps: filled.steps.map((each, other) => (other === place ? { ...each, ...changes } : each)),
    });
  const save = () =>
    send(() => {
      const params = { path: { branch_id: branch } };
      const body = { collection_parameters: toRequest(filled, readCents(filled.cost)) };
      return ask(api.PUT("/api/v1/collection_parameters/{branch_id}", { params, body }));
    }, saved);

  return (
    <Fieldset variant="unstyled" disabled={!may}>
      <Stack>
        <Switch
          label="A rotina diária acontece"
          checked={filled.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        {filled.steps.map((each, place) => (
          // Steps have no name of their own: their number is their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Group key={place} align="flex-end" gap="xs">
            <Text w={64}>Passo {each.step}</Text>
            <TextInput
              label="Dias de atraso"
              w={120}
              inputMode="numeric"
              value={each.days}
              onChange={(event) => step(place, { days: event.currentTarget.value })}
            />
            <NativeSelect
              label="O que se faz"
              data={Object.entries(ACTIONS)
                .filter(
                  ([action]) => (action === "credit_analysis" || action === "notary") === (each.step === 5),
                )
                .map(([value, label]) => ({ value, label }))}
              value={each.action}
              onChange={(event) => step(place, { action: event.currentTarget.value })}
            />
            <Switch
              label="Usar"
              checked={each.used}
              onChange={(event) => step(place, { used: event.currentTarget.checked })}
            />
          </Group>
        ))}
        {kept?.steps.map(
          (each) =>
            each.notice && (
              <Text size="sm" key={each.step} className="fits">
                Passo {each.step}: {each.notice}
              </Text>
            ),
        )}
        <Group align="flex-end">
          <NativeSelect
            label="UF da filial"
            data={[{ value: "", label: "—" }, ...STATES]}
            value={filled.state}
            onChange={(event) => change({ state: event.currentTarget.value })}
          />
          <TextInput
            label="Feriados locais de todo ano"
            placeholder="25/01, 20/11"
            value={filled.yearly}
            onChange={(event) => change({ yearly: event.currentTarget.value })}
          />
          <TextInput
            label="Feriados locais de um ano"
            placeholder="17/02/2026"
            value={filled.single}
            onChange={(event) => change({ single: event.currentTarget.value })}
          />
          <TextInput
            label="Custo de uma negativação"
            placeholder="3,50"
            inputMode="decimal"
            value={filled.cost}
            onChange={(event) => change({ cost: event.currentTarget.value })}
          />
        </Group>
        {wrong && (
          <Text role="alert" size="sm" className="minimum">
            {wrong}
          </Text>
        )}
        <ProblemNote problem={problem} />
        <Writing area="listing_setup">
          <Button w="fit-content" disabled={wrong !== ""} loading={busy !== ""} onClick={() => void save()}>
            Guardar cobrança
          </Button>
        </Writing>
      </Stack>
    </Fieldset>
  );
}

function Approving({ branch }: { branch: number }) {
  const path = { branch_id: branch };
  const found = useQuery({
    queryKey: ["listing-settings", branch],
    queryFn: () => ask(api.GET("/api/v1/negativation_settings/{branch_id}", { params: { path } })),
  });
  const { busy, problem, act } = useAct();
  const may = useMayWrite("listing_setup");
  const required = found.data?.data.approval_required;
  const toggle = () =>
    act("save", async () => {
      const body = { settings: { approval_required: !required } };
      await ask(api.PUT("/api/v1/negativation_settings/{branch_id}", { params: { path }, body }));
      await found.refetch();
    });
  return (
    <Part title="Aprovação">
      <Switch
        label="Uma segunda pessoa aprova cada negativação manual"
        checked={required === true}
        disabled={!may || required === undefined || busy !== ""}
        onChange={() => void toggle()}
      />
      <ProblemNote problem={problem ?? found.error} />
    </Part>
  );
}

const COLUMNS: readonly Column<Run>[] = [
  { id: "day", title: "Dia", heading: true, whole: true, cell: (row) => formatDay(row.business_date) },
  {
    id: "status",
    title: "Situação",
    cell: (row) => (
      <span className={row.status === "blocked" ? "minimum" : undefined}>
        {RUNS[row.status] ?? row.status}
        {row.blocked_message ? `: ${row.blocked_message}` : ""}
      </span>
    ),
  },
  { id: "looked", title: "Olhados", figures: true, cell: (row) => row.looked_at },
  { id: "worked", title: "Trabalhados", figures: true, cell: (row) => `${row.worked} de ${row.queued}` },
  { id: "listed", title: "Negativações pedidas", figures: true, cell: (row) => row.listed },
  { id: "done", title: "Passos feitos", cell: (row) => sayCounts(row.done, ACTIONS) || "—" },
  { id: "excluded", title: "Deixados de lado", cell: (row) => sayCounts(row.excluded, EXCLUSIONS) || "—" },
  { id: "failed", title: "Não feitos", cell: (row) => sayCounts(row.failed, {}) || "—" },
  { id: "cost", title: "Custo", figures: true, cell: (row) => formatCents(row.cost_cents) },
];

const RUNS_EVERY_MS = 10_000;

function Runs({ branch }: { branch: number }) {
  const { found, rows } = usePages(
    ["runs", branch],
    (cursor) =>
      ask(api.GET("/api/v1/collection_runs", { params: { query: { branch_id: branch, ...cursor } } })),
    { everyMs: RUNS_EVERY_MS },
  );
  return (
    <Part title="Execuções">
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Execuções"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="A rotina ainda não aconteceu nesta filial."
      />
      <Older found={found} />
    </Part>
  );
}
