import { List, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api, ask, orNone } from "../../api/client";
import { formatMoment, formatReais } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { PaymentRetry } from "./PaymentRetry";

const EVERY_MS = 10_000;
const PAYMENTS: Record<string, string> = {
  requested: "Pedido",
  sent: "Enviado",
  confirmed: "Confirmado",
  refused: "Recusado",
  returned: "Devolvido",
};

/** Where the money of a contract is, and who holds the CCB. Before there is either, the API answers 404 or 409. */
export function Money({ number }: { number: string }) {
  const path = { customerServiceNumber: number };
  const money = useQuery({
    queryKey: ["disbursement", number],
    retry: false,
    refetchInterval: EVERY_MS,
    queryFn: () =>
      orNone(
        ask(
          api.GET("/api/external/v2.1/proposals/{customerServiceNumber}/disbursement", { params: { path } }),
        ),
      ),
  });
  const chain = useQuery({
    queryKey: ["endorsements", number],
    retry: false,
    queryFn: () =>
      orNone(
        ask(
          api.GET("/api/external/v2.1/proposals/{customerServiceNumber}/endorsements", { params: { path } }),
        ),
      ),
  });
  const paid = money.data?.data;
  const links = chain.data?.data ?? [];
  return (
    <>
      <Part
        title="Desembolso"
        empty={!money.isPending && !money.error && !paid && "Nenhum desembolso ainda."}
      >
        <ProblemNote problem={money.error} again={() => void money.refetch()} />
        {paid && (
          <Text className="fits">
            {PAYMENTS[paid.status ?? ""] ?? paid.status}: {formatReais(paid.value)} por {paid.method},
            tentativa {paid.number}
            {paid.reference ? `, referência ${paid.reference}` : ""}
            {paid.reason ? `. Motivo: ${paid.reason}` : ""}. {paid.updatedAt && formatMoment(paid.updatedAt)}
          </Text>
        )}
        {paid && paid.status === "refused" && (
          <Writing area="payments" otherwise="O gestor pode pagar em outra conta do cliente.">
            <PaymentRetry number={number} done={() => void money.refetch()} />
          </Writing>
        )}
      </Part>
      <Part
        title="Endossos"
        empty={!chain.isPending && !chain.error && links.length === 0 && "A CCB não foi endossada."}
      >
        <ProblemNote problem={chain.error} again={() => void chain.refetch()} />
        <List type="ordered">
          {links.map((each) => (
            <List.Item key={each.position} className="fits">
              {each.endorser.name} → {each.endorsee.name}, {formatMoment(each.endorsedAt)}
            </List.Item>
          ))}
        </List>
      </Part>
    </>
  );
}
