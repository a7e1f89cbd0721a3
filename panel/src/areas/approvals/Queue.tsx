import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { formatShare } from "./states";

const EVERY_MS = 15_000;
const COLUMNS: readonly Column<components["schemas"]["ReservationRow"]>[] = [
  {
    id: "unit",
    title: "Unidade",
    heading: true,
    cell: (row) => (
      <Anchor href={link("alcadas", "reservas", String(row.id))} className="fits">
        {row.development}, {row.unit}
      </Anchor>
    ),
  },
  { id: "asked", title: "Pedida por", cell: (row) => <span className="fits">{row.requested_by}</span> },
  { id: "met", title: "Atende", figures: true, cell: (row) => formatShare(row.met_percent) },
  { id: "score", title: "Escore", figures: true, cell: (row) => row.score?.value ?? "—" },
  { id: "since", title: "Desde", whole: true, cell: (row) => formatMoment(row.created_at) },
];

/** As whom the person of this login decides: an authority by its e-mail. Empty until that is known. */
export function useOwnName(): string {
  const user = useQuery({ queryKey: ["user"], queryFn: () => ask(api.GET("/api/v1/users/current")) });
  return user.data?.user.email ?? "";
}

/** Reservations that wait for an authority, the newest first. */
export function Queue() {
  const own = useOwnName();
  const [chosen, choose] = useState("");
  const known = useQuery({
    queryKey: ["authorities"],
    queryFn: () => ask(api.GET("/api/v1/approval_authorities")),
  });
  const names = (known.data?.authorities ?? []).filter((each) => each.enabled).map((each) => each.name);
  const authority = chosen || (names.includes(own) ? own : "");
  const found = useQuery({
    queryKey: ["reservations", authority],
    enabled: authority !== "",
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/v1/reservations", { params: { query: { authority } } })),
  });
  const rows = found.data?.reservations;
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>Fila de aprovação</Title>
        <Button variant="default" component="a" href={link("alcadas")}>
          Alçadas
        </Button>
      </Group>
      <ProblemNote problem={known.error ?? found.error} again={() => void known.refetch()} />
      {known.isPending ? (
        <Skeleton height={60} />
      ) : (
        <NativeSelect
          label="Autoridade"
          description="Mostra o que espera o nível dela"
          maw={360}
          value={authority}
          data={[{ value: "", label: "Escolha" }, ...names.map((name) => ({ value: name, label: name }))]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      {known.data && names.length === 0 && <Text>Nenhuma autoridade habilitada: ninguém decide.</Text>}
      {authority !== "" && (
        <DataTable
          label="Tabela: reservas à espera"
          columns={COLUMNS}
          rows={rows}
          failed={found.isError}
          rowId={(row) => String(row.id)}
          empty={`Nada espera ${authority}.`}
        />
      )}
      {found.data?.next_cursor && (
        <Text size="sm">Há mais reservas à espera; decida estas para ver as seguintes.</Text>
      )}
    </Stack>
  );
}
