import { Button, Group, Skeleton, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { OneTime } from "./OneTime";
import { standingOf } from "./standing";

type Key = components["schemas"]["ApiKeyList"]["api_keys"][number];
const OVERLAP_HOURS = 24;

export function ApiKeys() {
  const found = useQuery({ queryKey: ["api-keys"], queryFn: () => ask(api.GET("/api/v1/api_keys")) });
  const [secret, setSecret] = useState("");
  const [asked, setAsked] = useState("");
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState("");
  const keys = found.data?.api_keys;

  async function act(key: Key, work: () => Promise<void>) {
    setBusy(key.id);
    setProblem(null);
    try {
      await work();
      setAsked("");
    } catch (error) {
      setProblem(error);
    }
    setBusy("");
    await found.refetch();
  }

  const replace = (key: Key) =>
    act(key, async () => {
      const params = { path: { key_id: key.id } };
      const body = { overlap_hours: OVERLAP_HOURS };
      const made = await ask(api.POST("/api/v1/api_keys/{key_id}/replacement", { params, body }));
      setSecret(made.key);
    });
  const revoke = (key: Key) =>
    act(key, async () => {
      await ask(api.DELETE("/api/v1/api_keys/{key_id}", { params: { path: { key_id: key.id } } }));
    });

  return (
    <Stack component="section" aria-label="Chaves de API" gap="xs">
      <Title order={2} size="h3">
        Chaves de API
      </Title>
      <Text size="sm">Quem opera a instalação cria chaves; aqui elas são trocadas e encerradas.</Text>
      {secret && <OneTime name="Chave nova" secret={secret} close={() => setSecret("")} />}
      <ProblemNote problem={problem ?? found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={120} />}
      {keys && (
        <Scroll label="Tabela: chaves">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Chave</Table.Th>
                <Table.Th scope="col">Criada em</Table.Th>
                <Table.Th scope="col">Situação</Table.Th>
                <Table.Th scope="col">
                  <span className="unseen">Ações</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.map((key) => {
                const standing = standingOf(key, Date.now());
                return (
                  <Table.Tr key={key.id}>
                    <Table.Th scope="row">{key.id.slice(0, 8)}</Table.Th>
                    <Table.Td>{formatMoment(key.created_at)}</Table.Td>
                    <Table.Td>{standing.words}</Table.Td>
                    <Table.Td>
                      {standing.opens && (
                        <Group gap="xs" wrap="nowrap">
                          {!key.replaced_by && (
                            <Button
                              size="compact-xs"
                              variant="default"
                              loading={busy === key.id}
                              onClick={() => void replace(key)}
                              aria-label={`Trocar a chave ${key.id.slice(0, 8)}`}
                            >
                              Trocar
                            </Button>
                          )}
                          <Button
                            size="compact-xs"
                            variant="default"
                            loading={busy === key.id}
                            onClick={() => (asked === key.id ? void revoke(key) : setAsked(key.id))}
                            aria-label={
                              asked === key.id
                                ? `Encerrar mesmo? A chave ${key.id.slice(0, 8)}`
                                : `Encerrar a chave ${key.id.slice(0, 8)}`
                            }
                          >
                            {asked === key.id ? "Encerrar mesmo?" : "Encerrar"}
                          </Button>
                        </Group>
                      )}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}
