import {
  Button,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Skeleton,
  Stack,
  TextInput,
  Title,
} from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import type { components } from "../../api/schema";
import { useAct } from "../../ui/act";
import { Fact } from "../../ui/Fact";
import { useForm } from "../../ui/form";
import { formatCents, formatDay, formatDocument, maskDocument, readCents } from "../../ui/format";
import { Masked } from "../../ui/Masked";
import { MASK, maskEmail, maskPhone } from "../../ui/masks";
import { Older } from "../../ui/Older";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { BoletoCard } from "./BoletoCard";
import { DebtorForm } from "./DebtorForm";
import { ListingTable } from "./ListingList";

const fresh = () => ({
  external: "",
  branch: "",
  due: "",
  amount: "",
  nature: "",
  contract: "",
});

/** Who owes: masked data, boletos, and every listing of the person. */
export function DebtorScreen({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ["debtor", id],
    queryFn: () => ask(api.GET("/api/v1/debtors/{debtor_id}", { params: { path: { debtor_id: id } } })),
  });
  const boletos = useInfiniteQuery({
    queryKey: ["boletos", id],
    initialPageParam: null as string | null,
    getNextPageParam: (page: components["schemas"]["BoletoList"]) => page.next_cursor,
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/boletos", {
          params: { query: { debtor_id: id, ...(pageParam ? { cursor: pageParam } : {}) } },
        }),
      ),
  });
  const query = useMemo(() => ({ debtor_id: id }), [id]);
  const { busy, problem, act } = useAct();
  const debtor = found.data?.data;
  if (!debtor) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={420} />
    );
  }
  const { address } = debtor;
  const toggleCollection = () =>
    act("collection", async () => {
      const path = { debtor_id: id };
      const body = { debtor: { in_collection: !debtor.in_collection } };
      await ask(api.PATCH("/api/v1/debtors/{debtor_id}", { params: { path }, body }));
      await found.refetch();
    });
  const owed = boletos.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Stack>
      <Title order={2} className="fits">
        {debtor.name}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Fact name="CPF ou CNPJ">
          <Masked
            kind="debtor"
            id={id}
            field="document"
            name="o documento"
            masked={maskDocument(debtor.document)}
            format={formatDocument}
          />
        </Fact>
        <Fact name="Celular">
          {debtor.mobile_phone ? (
            <Masked
              kind="debtor"
              id={id}
              field="mobile_phone"
              name="o celular"
              masked={maskPhone(debtor.mobile_phone)}
            />
          ) : (
            "Falta"
          )}
        </Fact>
        <Fact name="E-mail">
          {debtor.email ? (
            <Masked kind="debtor" id={id} field="email" name="o e-mail" masked={maskEmail(debtor.email)} />
          ) : (
            "—"
          )}
        </Fact>
        <Fact name="Nascimento">
          {debtor.birth_date ? (
            <Masked
              kind="debtor"
              id={id}
              field="birth_date"
              name="o nascimento"
              masked={MASK}
              format={formatDay}
            />
          ) : (
            "—"
          )}
        </Fact>
        <Fact name="Endereço">
          {address.street
            ? `${MASK}, ${address.city ?? "sem cidade"} (${address.state ?? "sem UF"})`
            : "Falta"}
        </Fact>
        <Fact name="Cobrança">
          {debtor.public_body ? "Órgão público" : debtor.in_collection ? "Na rotina" : "Fora da rotina"}
        </Fact>
        <Fact name="Seu número">{debtor.external_id ?? "—"}</Fact>
      </SimpleGrid>
      <Writing area="listings">
        <Group>
          <Button variant="default" size="xs" loading={busy !== ""} onClick={() => void toggleCollection()}>
            {debtor.in_collection ? "Tirar da rotina de cobrança" : "Pôr na rotina de cobrança"}
          </Button>
        </Group>
        <ProblemNote problem={problem} />
        <details>
          <summary>Completar ou corrigir o cadastro</summary>
          <DebtorForm known={debtor} done={() => void found.refetch()} />
        </details>
      </Writing>
      <Part title="Boletos" empty={boletos.isSuccess && owed.length === 0 && "Nenhum boleto ainda."}>
        <ProblemNote problem={boletos.error} again={() => void boletos.refetch()} />
        {boletos.isPending && <Skeleton height={160} />}
        {owed.map((each) => (
          <BoletoCard key={each.id} boleto={each} done={() => void boletos.refetch()} />
        ))}
        <Older found={boletos} />
      </Part>
      <Writing area="listings">
        <NewBoleto debtor={id} done={() => void boletos.refetch()} />
      </Writing>
      <Part title="Negativações dele">
        <ListingTable label="Negativações dele" query={query} empty="Nunca foi negativado." />
      </Part>
    </Stack>
  );
}

function NewBoleto({ debtor, done }: { debtor: string; done: () => void }) {
  const form = useForm(`boleto-${debtor}`, fresh);
  const { filled, change } = form;
  const { choices } = useBranches();
  const cents = readCents(filled.amount);
  const branch = filled.branch || (choices.length === 1 ? (choices[0]?.value ?? "") : "");

  function create(key: string) {
    const boleto = {
      external_id: filled.external.trim(),
      debtor_id: debtor,
      branch_id: Number(branch),
      due_on: filled.due,
      amount_cents: cents ?? 0,
      ...(filled.nature.trim() ? { nature_code: filled.nature.trim() } : {}),
      ...(filled.contract.trim() ? { contract_number: filled.contract.trim() } : {}),
    };
    const params = { header: { "Idempotency-Key": key } };
    return ask(api.POST("/api/v1/boletos", { params, body: { boleto } }));
  }

  return (
    <details>
      <summary>Novo boleto</summary>
      <form onSubmit={(event) => form.submit(event, create, done)} aria-label="Novo boleto">
        <Fieldset legend="Novo boleto">
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
            <TextInput
              label="Número do boleto no seu sistema"
              required
              value={filled.external}
              onChange={(event) => change({ external: event.currentTarget.value })}
            />
            <NativeSelect
              label="Filial credora"
              required
              data={[{ value: "", label: "Escolha" }, ...choices]}
              value={branch}
              onChange={(event) => change({ branch: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Vencimento"
              required
              value={filled.due}
              onChange={(event) => change({ due: event.currentTarget.value })}
            />
            <TextInput
              label="Valor"
              required
              inputMode="decimal"
              placeholder="189,90"
              value={filled.amount}
              onChange={(event) => change({ amount: event.currentTarget.value })}
              error={filled.amount && cents === null ? "Escreva como 1.234,56" : undefined}
              description={cents !== null ? formatCents(cents) : undefined}
            />
            <TextInput
              label="Natureza"
              placeholder="TI"
              value={filled.nature}
              onChange={(event) => change({ nature: event.currentTarget.value })}
            />
            <TextInput
              label="Contrato"
              value={filled.contract}
              onChange={(event) => change({ contract: event.currentTarget.value })}
            />
          </SimpleGrid>
          <ProblemNote problem={form.problem} />
          <Group mt="md">
            <Button type="submit" loading={form.busy !== ""} disabled={cents === null || !branch}>
              Cadastrar boleto
            </Button>
          </Group>
        </Fieldset>
      </form>
    </details>
  );
}
