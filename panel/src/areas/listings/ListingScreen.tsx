import {
  Alert,
  Anchor,
  Badge,
  Group,
  List,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  Timeline,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useBranches } from "../../api/branches";
import { api, ask } from "../../api/client";
import { link } from "../../app/routes";
import { today } from "../../ui/days";
import { Fact } from "../../ui/Fact";
import { formatCents, formatDay, formatMoment } from "../../ui/format";
import { Part } from "../../ui/Part";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { useBureaus } from "../bureaus/setup";
import { Approval } from "./Approvals";
import { Standing } from "./columns";
import { Removal } from "./Removal";
import { CONCERNS, EVENTS, isListed, ORIGINS, sayDue, sayTruth } from "./words";

const EVERY_MS = 5_000;
const ANSWERS: Record<string, string> = { done: "feita", refused: "recusada" };
const ACTS: Record<string, string> = { inclusion: "Inclusão", removal: "Baixa" };
const ORDERS: Record<string, string> = { court_order: "Ordem judicial", contestation: "Contestação" };

export function ListingScreen({ id }: { id: string }) {
  const { called } = useBranches();
  const { named } = useBureaus();
  const path = { negativation_id: id };
  const found = useQuery({
    queryKey: ["listing", id],
    refetchInterval: EVERY_MS,
    queryFn: () => ask(api.GET("/api/v1/negativations/{negativation_id}", { params: { path } })),
  });
  const listing = found.data?.data;
  if (!listing) {
    return found.error ? (
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
    ) : (
      <Skeleton height={420} />
    );
  }
  const again = () => void found.refetch();
  const due = listing.removal_due_on ? sayDue(listing.removal_due_on, today()) : null;
  return (
    <Stack>
      <Title order={2} className="fits">
        Contrato {listing.contract_number}
      </Title>
      <Group gap="xs" role="status">
        <Standing listing={listing} />
        <Text fw={600} className={isListed(listing) ? "minimum" : undefined}>
          {sayTruth(listing)}
        </Text>
        {listing.environment === "homologation" && <Badge variant="outline">Homologação</Badge>}
      </Group>
      <ProblemNote problem={found.error} again={again} />
      {listing.critical && (
        <Alert color="red" variant="outline" title="Pede o cuidado de alguém">
          {listing.concerns.map((each) => CONCERNS[each] ?? each).join("; ")}
        </Alert>
      )}
      {listing.status === "aguardando_aprovacao" && <Approval listing={listing} done={again} />}
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Fact name="Dívida">{formatCents(listing.amount_cents)}</Fact>
        <Fact name="Vencida em">{formatDay(listing.due_on)}</Fact>
        <Fact name="Natureza">{listing.nature_code}</Fact>
        <Fact name="Birô">{named(listing.provider)}</Fact>
        <Fact name="Filial">{called(listing.branch_id)}</Fact>
        <Fact name="Origem">{ORIGINS[listing.origin] ?? listing.origin}</Fact>
        <Fact name="Pedida por">{listing.requested_by}</Fact>
        <Fact name="Pedida em">{formatMoment(listing.created_at)}</Fact>
        <Fact name="Birô a tem desde">
          {listing.included_at ? formatMoment(listing.included_at) : "Não tem"}
        </Fact>
        <Fact name="Outros veem desde">
          {listing.listed_at ? formatMoment(listing.listed_at) : "Não veem"}
        </Fact>
        <Fact name="Prazo da baixa">
          {due ? <span className={due.urgent ? "minimum" : undefined}>{due.words}</span> : "Não há"}
        </Fact>
        <Fact name="Deixou de existir em">{listing.removed_at ? formatMoment(listing.removed_at) : "—"}</Fact>
        <Fact name={listing.guarantor_id ? "Garantidor" : "Devedor"}>
          <Anchor href={link("negativacoes", "devedores", listing.guarantor_id ?? listing.debtor_id)}>
            Ver cadastro
          </Anchor>
        </Fact>
      </SimpleGrid>
      <Part title="Aviso ao devedor" empty={listing.notice === null && "O devedor ainda não foi avisado."}>
        {listing.notice && (
          <Text className="fits">
            {listing.notice.channel === "letter" ? "Carta" : listing.notice.channel} em{" "}
            {formatDay(listing.notice.sent_on)}
            {listing.notice.proof ? `, prova ${listing.notice.proof}` : ", sem prova: nunca fica ativa"}
          </Text>
        )}
      </Part>
      <Writing area="listings">
        <Removal listing={listing} done={again} />
      </Writing>
      {listing.removal_orders.length > 0 && (
        <Part title="Ordens e contestações">
          <List>
            {listing.removal_orders.map((each) => (
              <List.Item key={each.number} className="fits">
                {ORDERS[each.kind] ?? each.kind} {each.number}, de {formatDay(each.issued_on)}, registrada por{" "}
                {each.recorded_by}
              </List.Item>
            ))}
          </List>
        </Part>
      )}
      <Part title="Pedidos ao birô" empty={listing.attempts.length === 0 && "Nada foi pedido ainda."}>
        <List>
          {listing.attempts.map((each) => (
            <List.Item key={each.transaction_id} className="fits">
              {ACTS[each.act] ?? each.act} em {formatMoment(each.sent_at)}:{" "}
              {each.answer ? (ANSWERS[each.answer] ?? each.answer) : "sem resposta ainda"}
              {each.code ? ` (${each.code})` : ""}
              {each.in_doubt ? ". Pode ter surtido efeito" : ""}
            </List.Item>
          ))}
        </List>
      </Part>
      <Part title="Histórico" empty={listing.history.length === 0 && "Nada aconteceu ainda."}>
        <Timeline bulletSize={14}>
          {listing.history.map((each, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added at the end
            <Timeline.Item key={place} title={EVENTS[each.event] ?? each.event}>
              <Text size="sm" className="fits">
                {formatMoment(each.at)}
                {each.by ? `, ${each.by}` : ""}
                {each.detail ? `: ${each.detail}` : ""}
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
      </Part>
    </Stack>
  );
}
