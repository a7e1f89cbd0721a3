import { Button, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { type Column, DataTable } from "../../ui/DataTable";
import { useDraft } from "../../ui/draft";
import { formatDocument, formatMoment, maskDocument, readDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { isDocument } from "./NewRequest";

type Hold = components["schemas"]["LegalHoldView"];
const fresh = () => ({ key: crypto.randomUUID(), document: "", reason: "" });
const EMPTY = () => "";

/** Legal holds: what is held is not erased, whoever asks, until the hold is lifted. */
export function Holds() {
  const { found, rows } = usePages(
    ["holds"],
    (query) => ask(api.GET("/api/v1/legal_holds", { params: { query } })),
    { anew: true },
  );
  const [lifting, setLifting] = useState<Hold | null>(null);
  const columns = useMemo(
    (): readonly Column<Hold>[] => [
      { id: "who", title: "Titular", heading: true, whole: true, cell: (row) => maskDocument(row.document) },
      { id: "why", title: "Por quê", cell: (row) => <span className="fits">{row.reason}</span> },
      {
        id: "set",
        title: "Posta",
        cell: (row) => (
          <span className="fits">
            {formatMoment(row.set_at)}, {row.set_by === "operator" ? "pelo operador" : row.requested_by}
          </span>
        ),
      },
      {
        id: "state",
        title: "Situação",
        cell: (row) => (
          <span className="fits">
            {row.lifted_at
              ? `Levantada em ${formatMoment(row.lifted_at)} por ${row.lifted_by}: ${row.lift_reason}`
              : "Em vigor"}
          </span>
        ),
      },
      {
        id: "acts",
        title: "Ações",
        unseen: true,
        // The operator's own are lifted by the operator alone.
        cell: (row) =>
          row.lifted_at === null &&
          row.set_by === "partner" && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Levantar a guarda de ${maskDocument(row.document)}: ${row.reason}`}
              onClick={() => setLifting(row)}
            >
              Levantar
            </Button>
          ),
      },
    ],
    [],
  );
  return (
    <Stack>
      <NewHold />
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {lifting && <Lifting hold={lifting} done={() => setLifting(null)} key={lifting.id} />}
      <DataTable
        label="Guardas legais"
        columns={columns}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.id}
        empty="Nenhuma guarda legal: os dados terminam no prazo, ou a pedido."
      />
      <Older found={found} />
    </Stack>
  );
}

function NewHold() {
  const { name } = usePerson();
  const queries = useQueryClient();
  const [form, keep, clear] = useDraft("legal-hold", fresh);
  const { busy, problem, act } = useAct();
  const change = (changes: Partial<typeof form>) => keep({ ...form, ...changes, key: crypto.randomUUID() });
  const whole = isDocument(form.document) && form.reason.trim() !== "" && name !== "";

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!whole) return;
    void act("create", async () => {
      const params = { header: { "Idempotency-Key": form.key } };
      const body = {
        legal_hold: { document: form.document, reason: form.reason.trim(), requested_by: name },
      };
      await ask(api.POST("/api/v1/legal_holds", { params, body }));
      clear();
      await queries.invalidateQueries({ queryKey: ["holds"] });
    });
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Nova guarda legal">
      <Fieldset legend="Nova guarda legal">
        <Stack gap="xs">
          <Text size="sm">Nada desta pessoa termina enquanto ela vale, nem a pedido nem pelo prazo.</Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput
              label="CPF ou CNPJ do titular"
              required
              value={formatDocument(form.document)}
              onChange={(event) => change({ document: readDocument(event.currentTarget.value).slice(0, 14) })}
            />
            <TextInput
              label="Por quê"
              required
              maxLength={120}
              placeholder="Processo 0000000-00.2026.8.26.0100"
              value={form.reason}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          </SimpleGrid>
          <ProblemNote problem={problem} />
          <Button type="submit" w="fit-content" loading={busy !== ""} disabled={!whole}>
            Pôr em guarda
          </Button>
        </Stack>
      </Fieldset>
    </form>
  );
}

function Lifting({ hold, done }: { hold: Hold; done: () => void }) {
  const { name } = usePerson();
  const queries = useQueryClient();
  const [why, keep, clear] = useDraft(`lift-${hold.id}`, EMPTY);
  const { busy, problem, act } = useAct();

  const lift = () =>
    act("lift", async () => {
      const params = { path: { hold_id: hold.id } };
      const body = { legal_hold: { reason: why.trim(), requested_by: name } };
      await ask(api.POST("/api/v1/legal_holds/{hold_id}/lift", { params, body }));
      clear();
      await queries.invalidateQueries({ queryKey: ["holds"] });
      done();
    });

  return (
    <Fieldset legend={`Levantar a guarda de ${maskDocument(hold.document)}`}>
      <Stack gap="xs">
        <Text size="sm" className="fits">
          {hold.reason}. Se nenhuma outra vale, as eliminações que esperavam continuam na hora, e o que passou
          do prazo termina.
        </Text>
        <TextInput
          label="Por que levantar"
          required
          maw={480}
          maxLength={120}
          value={why}
          onChange={(event) => keep(event.currentTarget.value)}
        />
        <ProblemNote problem={problem} />
        <Group>
          <Button loading={busy !== ""} disabled={!why.trim() || name === ""} onClick={() => void lift()}>
            Levantar mesmo
          </Button>
          <Button variant="default" disabled={busy !== ""} onClick={done}>
            Manter
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
