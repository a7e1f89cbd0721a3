import {
  Anchor,
  Button,
  Group,
  NativeSelect,
  Skeleton,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { go, link } from "../../app/routes";
import { formatMoment, formatReais, maskDocument, readDocument } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";
import { labelOf, orderTotals } from "./statuses";

const EVERY_MS = 10_000;
type Status = components["schemas"]["CreditStatus"];

export function ProposalList() {
  const [status, setStatus] = useState<Status | "">("");
  const [cpf, setCpf] = useState("");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  const totals = useQuery({
    queryKey: ["proposal-totals"],
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/external/v2.1/proposals/totals")),
  });
  const found = useInfiniteQuery({
    queryKey: ["proposals", status, cpf],
    refetchInterval: EVERY_MS,
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["ProposalPage"]) => page.next,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/external/v2.1/proposals", {
          params: {
            query: {
              ...(status ? { status } : {}),
              ...(cpf ? { cpf } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
        }),
      ),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const bare = readDocument(typed);
    setWrong("");
    if (bare === "" || bare.length === 11) setCpf(bare);
    else if (/^\d{12,}$/.test(bare)) go("propostas", bare);
    else setWrong("Informe um CPF ou o número de uma proposta");
  }

  const rows = found.data?.pages.flatMap((page) => page.proposals);
  const counted = orderTotals(totals.data?.totals ?? {});
  return (
    <Stack>
      <Title order={1}>Propostas</Title>
      <section aria-label="Propostas por situação">
        {totals.isPending && <Skeleton height={56} />}
        <Group gap="xs">
          {counted.map(([name, count]) => (
            <Button
              key={name}
              size="xs"
              variant={status === name ? "filled" : "default"}
              aria-pressed={status === name}
              onClick={() => setStatus(status === name ? "" : (name as Status))}
            >
              {labelOf(name)}: {count}
            </Button>
          ))}
          {totals.data && <Text size="sm">Ao todo: {totals.data.total}</Text>}
        </Group>
      </section>
      <form onSubmit={submit}>
        <Group align="flex-start">
          <TextInput
            ref={search}
            aria-label="Buscar por CPF ou número da proposta"
            placeholder="CPF ou número da proposta  ( / )"
            miw={260}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={wrong || undefined}
          />
          <NativeSelect
            aria-label="Situação"
            value={status}
            onChange={(event) => setStatus(event.currentTarget.value as Status | "")}
            data={[
              { value: "", label: "Todas as situações" },
              ...counted.map(([name]) => ({ value: name, label: labelOf(name) })),
            ]}
          />
          <Button type="submit">Buscar</Button>
        </Group>
      </form>
      <ProblemNote problem={found.error ?? totals.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={240} />}
      {rows?.length === 0 && <Text>Nenhuma proposta com estes filtros.</Text>}
      {rows && rows.length > 0 && (
        <Scroll label="Propostas">
          <Table highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Cliente</Table.Th>
                <Table.Th scope="col">CPF</Table.Th>
                <Table.Th scope="col">Produto</Table.Th>
                <Table.Th scope="col" className="figures">
                  Valor
                </Table.Th>
                <Table.Th scope="col">Situação</Table.Th>
                <Table.Th scope="col">Atualizada em</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.customerServiceNumber}>
                  <Table.Td>
                    <Anchor href={link("propostas", row.customerServiceNumber)} className="fits">
                      {row.name ?? "Sem nome"}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="figures">{row.cpf ? maskDocument(row.cpf) : "—"}</Table.Td>
                  <Table.Td>{row.product}</Table.Td>
                  <Table.Td className="figures">{formatReais(row.value)}</Table.Td>
                  <Table.Td>{labelOf(row.lastStatus)}</Table.Td>
                  <Table.Td>{formatMoment(row.lastUpdated)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {found.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Mais antigas
        </Button>
      )}
    </Stack>
  );
}
