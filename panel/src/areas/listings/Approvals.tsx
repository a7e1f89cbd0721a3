import { Anchor, Button, Group, Paper, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { api, ask } from "../../api/client";
import { usePerson } from "../../api/person";
import { link } from "../../app/routes";
import { useForm } from "../../ui/form";
import { formatCents, formatDay, formatMoment } from "../../ui/format";
import { Older } from "../../ui/Older";
import { ProblemNote } from "../../ui/ProblemNote";
import { Writing } from "../../ui/Writing";
import { useListings } from "./ListingList";
import type { Listing } from "./words";

const WAITING = { status: "aguardando_aprovacao" as "ativa" };
const EMPTY = () => ({ why: "" });

/** Listings that wait for a second person. */
export function Approvals() {
  const { found, rows } = useListings(WAITING);
  return (
    <Stack>
      <ProblemNote problem={found.error} again={() => void found.refetch()} />
      {found.isPending && <Skeleton height={240} />}
      {rows?.length === 0 && <Text>Nenhuma negativação espera aprovação.</Text>}
      {rows?.map((each) => (
        <Approval key={each.id} listing={each} done={() => void found.refetch()} />
      ))}
      <Older found={found} />
    </Stack>
  );
}

/** Whoever asked for a listing never approves it: the API refuses, and the screen does not offer it. */
export function Approval({ listing, done }: { listing: Listing; done: () => void }) {
  const { name } = usePerson();
  const { filled, change, send, busy, problem } = useForm(`approval-${listing.id}`, EMPTY);
  const { why } = filled;
  const own = listing.requested_by.trim().toLowerCase() === name.toLowerCase();

  const decide = (decision: "approve" | "reject") =>
    send(
      () => {
        const params = { path: { negativation_id: listing.id } };
        const justification = why.trim() ? { justification: why.trim() } : {};
        const body = { approval: { decision, decided_by: name, ...justification } };
        return ask(api.POST("/api/v1/negativations/{negativation_id}/approval", { params, body }));
      },
      done,
      decision,
    );

  return (
    <Paper withBorder p="md" component="section" aria-label={`Aprovação de ${listing.contract_number}`}>
      <Stack gap="xs">
        <Text className="fits">
          <Anchor href={link("negativacoes", "registros", listing.id)}>
            Contrato {listing.contract_number}
          </Anchor>
          : {formatCents(listing.amount_cents)}, vencido em {formatDay(listing.due_on)}. Pedida por{" "}
          {listing.requested_by} em {formatMoment(listing.created_at)}.
        </Text>
        {own ? (
          <Text size="sm">Você pediu esta negativação: outra pessoa decide.</Text>
        ) : (
          <Writing area="listing_decisions" otherwise="Espera a decisão de quem aprova.">
            <Textarea
              label="Justificativa"
              description="Exigida para recusar"
              autosize
              value={why}
              onChange={(event) => change({ why: event.currentTarget.value })}
            />
            <Group>
              <Button loading={busy === "approve"} onClick={() => void decide("approve")}>
                Aprovar
              </Button>
              <Button
                variant="default"
                disabled={!why.trim()}
                loading={busy === "reject"}
                onClick={() => void decide("reject")}
              >
                Recusar
              </Button>
            </Group>
          </Writing>
        )}
        <ProblemNote problem={problem} />
      </Stack>
    </Paper>
  );
}
