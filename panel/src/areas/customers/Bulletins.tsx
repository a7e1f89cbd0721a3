import { Anchor, Badge, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatDay, formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { BulletinForm } from "./BulletinForm";
import { AUDIENCES, freshBulletin, STATES, toBulletin } from "./bulletin";

type Bulletin = components["schemas"]["BulletinView"];
type Receipt = components["schemas"]["ReceiptList"]["receipts"][number];

const COLUMNS: readonly Column<Bulletin>[] = [
  {
    id: "title",
    title: "Título",
    heading: true,
    cell: (row) => (
      <Anchor href={link("clientes", "mural", String(row.id))} className="fits">
        {row.title}
      </Anchor>
    ),
  },
  { id: "kind", title: "A quem", cell: (row) => AUDIENCES[row.kind] },
  { id: "days", title: "Período", cell: (row) => sayDays(row) },
  { id: "state", title: "Situação", cell: (row) => <Badge variant="outline">{STATES[row.state]}</Badge> },
];
const RECEIPTS: readonly Column<Receipt>[] = [
  { id: "person", title: "Pessoa", heading: true, cell: (row) => row.person_id },
  { id: "at", title: "Leu em", cell: (row) => formatMoment(row.read_at) },
];

export default function Bulletins({ path, writes }: { path: readonly string[]; writes: boolean }) {
  const [place, act] = path;
  if (place === undefined) return <BulletinList writes={writes} />;
  if (place === "novo") return <BulletinForm name="bulletin-new" fresh={freshBulletin} />;
  return <OneBulletin id={Number(place)} edits={act === "editar"} writes={writes} key={path.join()} />;
}

function BulletinList({ writes }: { writes: boolean }) {
  const found = useInfiniteQuery({
    queryKey: ["bulletins"],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["BulletinList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/bulletins", { params: { query: pageParam ? { cursor: Number(pageParam) } : {} } }),
      ),
  });
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Mural</Title>
        {writes && (
          <Button component="a" href={link("clientes", "mural", "novo")}>
            Novo comunicado
          </Button>
        )}
      </Group>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Comunicados"
        columns={COLUMNS}
        rows={found.data?.pages.flatMap((page) => page.bulletins)}
        failed={found.isError}
        rowId={(row) => String(row.id)}
        empty="Nenhum comunicado ainda."
      />
      <Older found={found} />
    </Stack>
  );
}

function OneBulletin({ id, edits, writes }: { id: number; edits: boolean; writes: boolean }) {
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const found = useQuery({
    queryKey: ["bulletin", id],
    queryFn: () => ask(api.GET("/api/v1/bulletins/{bulletin_id}", { params: { path: { bulletin_id: id } } })),
  });
  const bulletin = found.data?.bulletin;
  if (!bulletin) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  if (edits) {
    return (
      <BulletinForm
        name={`bulletin-${id}-${bulletin.updated_at}`}
        fresh={() => toBulletin(bulletin)}
        id={id}
      />
    );
  }

  async function withdraw() {
    setProblem(null);
    try {
      await ask(
        api.POST("/api/v1/bulletins/{bulletin_id}/withdraw", { params: { path: { bulletin_id: id } } }),
      );
      await queries.invalidateQueries();
    } catch (error) {
      setProblem(error);
    }
    setSure(false);
  }

  const open = bulletin.state === "scheduled" || bulletin.state === "published";
  return (
    <Stack>
      <Anchor href={link("clientes", "mural")}>Voltar ao mural</Anchor>
      <Title order={1} className="fits">
        {bulletin.title}
      </Title>
      <Group>
        <Badge variant="outline">{STATES[bulletin.state]}</Badge>
        <Text size="sm">{sayDays(bulletin)}</Text>
        <Text size="sm" className="fits">
          {sayAudience(bulletin)}
        </Text>
      </Group>
      {bulletin.paragraphs.map((text, place) => (
        // Paragraphs have no name of their own: their place is what they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Text key={place} className="fits">
          {text}
        </Text>
      ))}
      <ProblemNote problem={problem} />
      {writes && open && (
        <Group>
          <Button component="a" href={link("clientes", "mural", String(id), "editar")}>
            Alterar
          </Button>
          <Button variant="default" onClick={() => (sure ? void withdraw() : setSure(true))}>
            {sure ? "Retirar mesmo? Não volta" : "Retirar"}
          </Button>
        </Group>
      )}
      <Receipts id={id} />
    </Stack>
  );
}

function Receipts({ id }: { id: number }) {
  const found = useInfiniteQuery({
    queryKey: ["receipts", id],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["ReceiptList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/bulletins/{bulletin_id}/receipts", {
          params: { path: { bulletin_id: id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
  });
  return (
    <Stack component="section" aria-label="Leituras" gap="xs">
      <Title order={2} size="h3">
        Quem leu
      </Title>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      <DataTable
        label="Leituras do comunicado"
        columns={RECEIPTS}
        rows={found.data?.pages.flatMap((page) => page.receipts)}
        failed={found.isError}
        rowId={(row) => row.person_id}
        empty="Ninguém leu ainda."
      />
      <Older found={found} />
    </Stack>
  );
}

function sayDays(bulletin: Bulletin): string {
  return bulletin.ends_on
    ? `${formatDay(bulletin.starts_on)} a ${formatDay(bulletin.ends_on)}`
    : `Desde ${formatDay(bulletin.starts_on)}`;
}

function sayAudience(bulletin: Bulletin): string {
  const { developments, units, groups } = toBulletin(bulletin);
  const named = [developments, units].filter(Boolean).join("; ").replaceAll("\n", "; ");
  return [AUDIENCES[bulletin.kind], named, groups.join(", ")].filter(Boolean).join(": ");
}
