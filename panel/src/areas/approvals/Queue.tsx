import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { formatShare } from "./states";

const EVERY_MS = 15_000;
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
      {authority !== "" && found.isPending && <Skeleton height={160} />}
      {rows?.length === 0 && <Text>Nada espera {authority}.</Text>}
      {rows && rows.length > 0 && (
        <Scroll label="Tabela: reservas à espera">
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Unidade</Table.Th>
                <Table.Th scope="col">Pedida por</Table.Th>
                <Table.Th scope="col" className="figures">
                  Atende
                </Table.Th>
                <Table.Th scope="col" className="figures">
                  Escore
                </Table.Th>
                <Table.Th scope="col">Desde</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id}>
                  <Table.Th scope="row">
                    <Anchor href={link("alcadas", "reservas", String(row.id))} className="fits">
                      {row.development}, {row.unit}
                    </Anchor>
                  </Table.Th>
                  <Table.Td className="fits">{row.requested_by}</Table.Td>
                  <Table.Td className="figures">{formatShare(row.met_percent)}</Table.Td>
                  <Table.Td className="figures">{row.score?.value ?? "—"}</Table.Td>
                  <Table.Td>{formatMoment(row.created_at)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {found.data?.next_cursor && (
        <Text size="sm">Há mais reservas à espera; decida estas para ver as seguintes.</Text>
      )}
    </Stack>
  );
}
