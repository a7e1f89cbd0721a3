import { Button, Group, NativeSelect, Skeleton, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, ask } from "../../api/client";
import { useDraft } from "../../ui/draft";
import { formatMoment } from "../../ui/format";
import { ProblemNote } from "../../ui/ProblemNote";
import { Scroll } from "../../ui/Scroll";

type Asked = { by: "request_id" | "key"; text: string };

const ANY = (): Asked => ({ by: "request_id", text: "" });

/** The partner's own requests of today and yesterday, found by their number or by their Idempotency-Key. */
export function Requests() {
  const [form, setForm] = useDraft<Asked>("requests", ANY);
  const [asked, setAsked] = useState<Asked>(form);
  const found = useQuery({
    queryKey: ["requests", asked],
    queryFn: () => {
      const query = asked.text ? { [asked.by]: asked.text } : {};
      return ask(api.GET("/api/v1/requests", { params: { query } }));
    },
  });
  const rows = found.data?.requests;

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked({ ...form, text: form.text.trim() });
  }

  return (
    <Stack component="section" aria-label="Requisições" gap="xs">
      <Title order={2} size="h3">
        Requisições
      </Title>
      <form onSubmit={submit}>
        <Group align="flex-end">
          <NativeSelect
            label="Buscar por"
            value={form.by}
            data={[
              { value: "request_id", label: "Número da requisição" },
              { value: "key", label: "Idempotency-Key" },
            ]}
            onChange={(event) => setForm({ ...form, by: event.currentTarget.value as Asked["by"] })}
          />
          <TextInput
            label="Texto"
            miw={260}
            value={form.text}
            onChange={(event) => setForm({ ...form, text: event.currentTarget.value })}
          />
          <Button type="submit">Buscar</Button>
        </Group>
      </form>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={120} />}
      {rows?.length === 0 && (
        <Text>Nenhuma requisição de ontem para hoje. Uma requisição aparece em cerca de um minuto.</Text>
      )}
      {rows && rows.length > 0 && (
        <Scroll label="Tabela: requisições">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Quando</Table.Th>
                <Table.Th scope="col">Chamada</Table.Th>
                <Table.Th scope="col" className="figures">
                  Status
                </Table.Th>
                <Table.Th scope="col">Código</Table.Th>
                <Table.Th scope="col">Número</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.request_id}>
                  <Table.Td>{formatMoment(row.at)}</Table.Td>
                  <Table.Td className="fits">
                    {row.method} {row.resource}
                  </Table.Td>
                  <Table.Td className="figures">{row.status}</Table.Td>
                  <Table.Td>{row.code ?? "—"}</Table.Td>
                  <Table.Td>{row.request_id}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
    </Stack>
  );
}
