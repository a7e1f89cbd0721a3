import { Anchor, Button, Group, NativeSelect, Skeleton, Stack, Text, TextInput, Title } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { go, link } from "../../app/routes";
import { type Column, DataTable } from "../../ui/DataTable";
import { formatMoment, formatReais, maskDocument, readDocument } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { labelOf, orderTotals } from "./statuses";

const EVERY_MS = 10_000;
type Status = components["schemas"]["CreditStatus"];
type Row = components["schemas"]["ProposalPage"]["proposals"][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    id: "name",
    title: "Cliente",
    cell: (row) => (
      <Anchor href={link("propostas", row.customerServiceNumber)} className="fits">
        {row.name ?? "Sem nome"}
      </Anchor>
    ),
  },
  { id: "cpf", title: "CPF", figures: true, cell: (row) => (row.cpf ? maskDocument(row.cpf) : "—") },
  { id: "product", title: "Produto", cell: (row) => row.product },
  { id: "value", title: "Valor", figures: true, cell: (row) => formatReais(row.value) },
  { id: "status", title: "Situação", cell: (row) => labelOf(row.lastStatus) },
  { id: "updated", title: "Atualizada em", whole: true, cell: (row) => formatMoment(row.lastUpdated) },
];

export function ProposalList() {
  const [status, setStatus] = useState<Status | "">("");
  const [cpf, setCpf] = useState("");
  const [product, setProduct] = useState("");
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useHotkeys([["/", () => search.current?.focus()]]);
  const totals = useQuery({
    queryKey: ["proposal-totals"],
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/external/v2.1/proposals/totals")),
  });
  const products = useQuery({
    queryKey: ["products"],
    queryFn: () => ask(api.GET("/api/external/v2.1/products")),
  });
  const crossed = from !== "" && to !== "" && to < from;
  const found = useInfiniteQuery({
    queryKey: ["proposals", status, cpf, product, from, to],
    enabled: !crossed,
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
              ...(product ? { productId: Number(product) } : {}),
              ...(from ? { from } : {}),
              ...(to ? { to } : {}),
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

  const rows = useMemo(() => found.data?.pages.flatMap((page) => page.proposals), [found.data]);
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
          <NativeSelect
            aria-label="Produto"
            value={product}
            onChange={(event) => setProduct(event.currentTarget.value)}
            data={[
              { value: "", label: "Todos os produtos" },
              ...(products.data?.data ?? []).map((each) => ({
                value: String(each.product_id),
                label: each.name,
              })),
            ]}
          />
          <TextInput
            type="date"
            aria-label="Criadas desde"
            title="Criadas desde"
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            aria-label="Criadas até"
            title="Criadas até"
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
            error={crossed ? "Antes do primeiro dia" : undefined}
          />
          <Button type="submit">Buscar</Button>
        </Group>
      </form>
      <ProblemNote problem={found.error ?? totals.error} again={() => void found.refetch()} />
      <DataTable
        label="Propostas"
        columns={COLUMNS}
        rows={rows}
        failed={found.isError}
        rowId={(row) => row.customerServiceNumber}
        empty="Nenhuma proposta com estes filtros."
      />
      <Older found={found} />
    </Stack>
  );
}
