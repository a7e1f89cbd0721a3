import { Button, Group, NativeSelect, Paper, Stack, Text, Textarea, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import type { components } from "../../api/schema";
import { type Column, DataTable } from "../../ui/DataTable";
import { useForm } from "../../ui/form";
import { formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";

type Change = components["schemas"]["ClassChangeView"];
type Props = { id: number; classification: components["schemas"]["ClassificationView"]; writes: boolean };

const NOTHING = () => ({ group: "", reason: "" });
const EVENTS: Record<Change["event"], string> = {
  evaluated: "Avaliada",
  overridden: "Definida",
  revoked: "Revogada",
};

export function Classification({ id, classification, writes }: Props) {
  const [open, setOpen] = useState(false);
  const override = classification.class_override;
  return (
    <Paper withBorder p="md" component="section" aria-label="Classificação">
      <Stack gap="xs">
        <Title order={2} size="h3">
          Classificação
        </Title>
        <Text className="fits">
          <b>{classification.class_name ?? "Nenhuma classe"}</b>
          {classification.classified_by === "condition" &&
            `, pelos critérios da versão ${classification.criteria_version}`}
          {classification.classified_by === "override" && ", definida por uma pessoa"}
        </Text>
        {override && (
          <Text size="sm" className="fits">
            {override.set_by} definiu em {formatMoment(override.set_at)}: {override.reason}
          </Text>
        )}
        {writes && <Override id={id} revokes={Boolean(override)} />}
        <Button
          variant="default"
          size="xs"
          w="fit-content"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? "Esconder histórico" : "Ver histórico"}
        </Button>
        {open && <History id={id} />}
      </Stack>
    </Paper>
  );
}

function useClasses() {
  return useQuery({ queryKey: ["classes"], queryFn: () => ask(api.GET("/api/v1/customer_classes", {})) });
}

function Override({ id, revokes }: { id: number; revokes: boolean }) {
  const classes = useClasses();
  const queries = useQueryClient();
  const { filled: draft, change, send, submit, busy, problem } = useForm(`override-${id}`, NOTHING);
  const done = () => queries.invalidateQueries({ predicate: (query) => query.queryKey[1] === id });
  const { name: by } = usePerson();
  const reason = draft.reason.trim();

  const params = { path: { customer_id: id } };
  const define = () => {
    const body = { class_override: { class_id: Number(draft.group), reason, set_by: by } };
    return ask(api.PUT("/api/v1/customers/{customer_id}/class_override", { params, body }));
  };
  const revoke = () => {
    const body = { revocation: { reason, revoked_by: by } };
    return ask(api.POST("/api/v1/customers/{customer_id}/class_override/revocation", { params, body }));
  };

  return (
    <form onSubmit={(event) => submit(event, define, done)} aria-label="Definir a classe">
      <Stack gap="xs">
        <NativeSelect
          label="Classe definida por você"
          value={draft.group}
          onChange={(event) => change({ group: event.currentTarget.value })}
          data={[
            { value: "", label: "" },
            ...(classes.data?.customer_classes.classes ?? []).map((each) => ({
              value: String(each.id),
              label: each.name,
            })),
          ]}
        />
        <Textarea
          label="Por quê"
          description="Fica no histórico, com o seu nome"
          maxLength={500}
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
        <ProblemNote problem={problem ?? classes.error} />
        <Group>
          <Button type="submit" size="xs" loading={busy === "send"} disabled={!draft.group || !reason || !by}>
            Definir
          </Button>
          {revokes && (
            <Button
              size="xs"
              variant="default"
              loading={busy === "revoke"}
              disabled={!reason || !by}
              onClick={() => void send(revoke, done, "revoke")}
            >
              Revogar o que foi definido
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function History({ id }: { id: number }) {
  const classes = useClasses();
  const names = new Map((classes.data?.customer_classes.classes ?? []).map((each) => [each.id, each.name]));
  const found = useInfiniteQuery({
    queryKey: ["class-changes", id],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["ClassChangeList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/customers/{customer_id}/class_changes", {
          params: { path: { customer_id: id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
  });
  const columns: Column<Change>[] = [
    { id: "at", title: "Quando", heading: true, cell: (row) => formatMoment(row.changed_at) },
    { id: "event", title: "O que", cell: (row) => EVENTS[row.event] },
    {
      id: "class",
      title: "Classe",
      cell: (row) =>
        row.class_id === null ? "Nenhuma" : (names.get(row.class_id) ?? `Classe ${row.class_id}`),
    },
    {
      id: "who",
      title: "Quem e por quê",
      cell: (row) => [row.person, row.reason].filter(Boolean).join(": ") || "—",
    },
  ];
  return (
    <>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Histórico da classe"
        columns={columns}
        rows={found.data?.pages.flatMap((page) => page.class_changes)}
        failed={found.isError}
        rowId={(row) => `${row.changed_at}-${row.event}`}
        empty="A classe nunca mudou."
      />
      <Older found={found} />
    </>
  );
}
