import { Button, Group, SimpleGrid, Skeleton, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, ask } from "../../api/client";
import { useAct } from "../../ui/act";
import { readAnew } from "../../ui/anew";
import { Fact } from "../../ui/Fact";
import { formatDay, formatDocument, maskDocument } from "../../ui/format";
import { Masked } from "../../ui/Masked";
import { MASK, maskEmail, maskPhone } from "../../ui/masks";
import { Older } from "../../ui/Older";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { usePages } from "../../ui/pages";
import { Writing } from "../../ui/Writing";
import { BoletoCard } from "./BoletoCard";
import { DebtorForm } from "./DebtorForm";
import { ListingTable } from "./ListingList";
import { NewBoleto } from "./NewBoleto";

/** Who owes: masked data, boletos, and every listing of the person. */
export function DebtorScreen({ id }: { id: string }) {
  const found = useQuery({
    queryKey: ["debtor", id],
    queryFn: () => ask(api.GET("/api/v1/debtors/{debtor_id}", { params: { path: { debtor_id: id } } })),
  });
  const { found: boletos, rows: owed } = usePages(["boletos", id], (cursor) =>
    ask(api.GET("/api/v1/boletos", { params: { query: { debtor_id: id, ...cursor } } })),
  );
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
      <Part title="Boletos" empty={owed?.length === 0 && "Nenhum boleto ainda."}>
        <ProblemNote problem={boletos.error} again={() => void boletos.refetch()} />
        {boletos.isPending && <Skeleton height={160} />}
        {owed?.map((each) => (
          <BoletoCard key={each.id} boleto={each} done={() => void boletos.refetch()} />
        ))}
        <Older found={boletos} />
      </Part>
      <Writing area="listings">
        <NewBoleto debtor={id} done={() => void readAnew(boletos)} />
      </Writing>
      <Part title="Negativações dele">
        <ListingTable label="Negativações dele" query={query} empty="Nunca foi negativado." />
      </Part>
    </Stack>
  );
}
