import { Button, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { OneTime } from "./OneTime";

type Client = components["schemas"]["ClientView"];
const OVERLAP_HOURS = 24;

/** Clients of `/client/auth`: their secrets are made anew, and the one before is ended. */
export function Clients() {
  const found = useQuery({ queryKey: ["clients"], queryFn: () => ask(api.GET("/api/v1/clients")) });
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(0);
  const clients = found.data?.clients;

  async function act(client: Client, work: () => Promise<void>) {
    setBusy(client.client_id);
    setProblem(null);
    try {
      await work();
      setAsked(0);
    } catch (error) {
      setProblem(error);
    }
    setBusy(0);
    await found.refetch();
  }

  const replace = (client: Client) =>
    act(client, async () => {
      const params = { path: { client_id: client.client_id } };
      const body = { overlap_hours: OVERLAP_HOURS };
      const made = await ask(api.POST("/api/v1/clients/{client_id}/secrets", { params, body }));
      setSecret(made.client_secret);
    });
  const end = (client: Client) =>
    act(client, async () => {
      const path = { client_id: client.client_id, which: "previous" as const };
      await ask(api.DELETE("/api/v1/clients/{client_id}/secrets/{which}", { params: { path } }));
    });

  return (
    <Stack component="section" aria-label="Clientes da API" gap="xs">
      <Title order={2} size="h3">
        Clientes da API
      </Title>
      <Text size="sm">
        Um cliente troca seu segredo por tokens. O segredo novo aparece uma única vez; o anterior vale mais{" "}
        {OVERLAP_HOURS} horas, ou até ser encerrado.
      </Text>
      {secret && <OneTime name="Segredo novo" secret={secret} close={() => setSecret("")} />}
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={96} />}
      {clients?.length === 0 && <Text>Nenhum cliente: quem opera a instalação os cria.</Text>}
      {clients && clients.length > 0 && (
        <Scroll label="Tabela: clientes da API">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Número</Table.Th>
                <Table.Th scope="col">Abre</Table.Th>
                <Table.Th scope="col">Segredo de</Table.Th>
                <Table.Th scope="col">Situação</Table.Th>
                <Table.Th scope="col">
                  <span className="unseen">Ações</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {clients.map((client) => (
                <Table.Tr key={client.client_id}>
                  <Table.Th scope="row">{client.client_id}</Table.Th>
                  <Table.Td>{client.scopes.join(", ")}</Table.Td>
                  <Table.Td>{formatMoment(client.secret_created_at)}</Table.Td>
                  <Table.Td>{sayStanding(client, Date.now())}</Table.Td>
                  <Table.Td>
                    {client.revoked_at === null && (
                      <Group gap="xs" wrap="nowrap">
                        <Button
                          size="compact-xs"
                          variant="default"
                          loading={busy === client.client_id}
                          onClick={() => void replace(client)}
                          aria-label={`Trocar segredo do cliente ${client.client_id}`}
                        >
                          Trocar segredo
                        </Button>
                        {overlaps(client, Date.now()) && (
                          <Button
                            size="compact-xs"
                            variant="default"
                            loading={busy === client.client_id}
                            onClick={() =>
                              asked === client.client_id ? void end(client) : setAsked(client.client_id)
                            }
                            aria-label={`${asked === client.client_id ? "Encerrar mesmo?" : "Encerrar o anterior"}: segredo do cliente ${client.client_id}`}
                          >
                            {asked === client.client_id ? "Encerrar mesmo?" : "Encerrar o anterior"}
                          </Button>
                        )}
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}

function overlaps(client: Client, now: number): boolean {
  return (
    client.previous_secret_valid_until !== null &&
    new Date(client.previous_secret_valid_until).getTime() > now
  );
}

function sayStanding(client: Client, now: number): string {
  if (client.revoked_at !== null) return `Encerrado em ${formatMoment(client.revoked_at)}`;
  if (!overlaps(client, now)) return "Vale";
  return `Vale; o segredo anterior também, até ${formatMoment(client.previous_secret_valid_until ?? "")}`;
}
